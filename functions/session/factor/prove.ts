import type { Proof } from '../../../shared/session/factor-contract.ts'
import type { FactorItem } from '../factor-patterns.ts'
import { answeringPasskey } from './passkeys.ts'
import { recoveryHash } from './recovery.ts'
import { unseal } from './seal.ts'
import { periodOfCode } from './totp.ts'

/** For whom a proof is, what opens their sealed secret, and what a passkey was asked for; `challenge` absent: nothing. */
export type Proving = {
  readonly person: string
  readonly sealing: () => Promise<string>
  readonly now: Date
  readonly host: string
  readonly challenge: string | undefined
}

/**
 * The factor as it is after a proof, which counts once: the code's period is used, the recovery code is gone, the
 * passkey's counter is the new one. Undefined if the proof is not right. It must be written on condition of the version.
 */
export const afterProof = async (
  factor: FactorItem,
  proof: Proof,
  { person, sealing, now, host, challenge }: Proving,
): Promise<FactorItem | undefined> => {
  if ('passkey' in proof) {
    const asked = challenge === undefined ? undefined : { host, challenge }
    const used = asked && (await answeringPasskey(factor.passkeys, proof.passkey, asked, now))
    if (!used) return undefined
    return { ...factor, passkeys: factor.passkeys.map(one => (one.id === used.id ? used : one)) }
  }
  const { code } = proof
  const isOfApp = /^\d{3} ?\d{3}$/.test(code)
  if (isOfApp && factor.totp !== undefined) {
    const totpStep = periodOfCode(unseal(factor.totp, person, await sealing()), code, now, factor.totpStep)
    return totpStep === undefined ? undefined : { ...factor, totpStep }
  }
  const hash = recoveryHash(person, code)
  if (!factor.recovery.includes(hash)) return undefined
  return { ...factor, recovery: factor.recovery.filter(one => one !== hash) }
}
