import { useState } from 'react'
import { type DirectoryPerson, directoryContract } from '../../shared/directory/contract.ts'
import type { Page } from '../../shared/kernel/page.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { call } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import styles from './directory.module.css'
import type { Issuing } from './issuing.ts'
import { isWithoutCode } from './selection.ts'
import { texts } from './texts.ts'

/** All pupils and guardians of a class, page by page. */
const everybody = async (group: string): Promise<Result<readonly DirectoryPerson[], Failure>> => {
  const found: DirectoryPerson[] = []
  for (const role of ['pupil', 'guardian'] as const)
    for (let cursor: string | undefined; ; ) {
      const query = { role, ...(cursor !== undefined && { cursor }) }
      const page: Result<Page<DirectoryPerson>, Failure> = await call(directoryContract.routes.members, {
        params: { group },
        query,
      })
      if (!page.ok) return page
      found.push(...page.value.items)
      cursor = page.value.next
      if (cursor === undefined) break
    }
  return { ok: true, value: found }
}

/** Gives codes to a whole class with its guardians: to those who have none that is good, so that no sheet becomes void. */
export const ClassCodes = ({ group, issuing }: { readonly group: string; readonly issuing: Issuing }) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const [state, setState] = useState<'idle' | 'reading' | 'nobody'>('idle')
  const [failure, setFailure] = useState<Failure>()
  const onGive = async () => {
    setState('reading')
    setFailure(undefined)
    const found = await everybody(group)
    const waiting = found.ok ? found.value.filter(isWithoutCode) : []
    if (!found.ok) setFailure(found.problem)
    setState(found.ok && waiting.length === 0 ? 'nobody' : 'idle')
    if (waiting.length > 0) issuing.issue([...new Map(waiting.map(person => [person.id, person])).values()])
  }
  return (
    <div className={styles.give}>
      <Button variant="primary" icon="print" busy={state === 'reading' || issuing.busy} onClick={() => void onGive()}>
        {t('directory.class.codes')}
      </Button>
      <p className={styles.hint} role="status">
        {t(state === 'nobody' ? 'directory.class.nobody' : 'directory.class.hint')}
      </p>
      {failure && (
        <div role="alert">
          <FieldError>{why(failure)}</FieldError>
        </div>
      )}
    </div>
  )
}
