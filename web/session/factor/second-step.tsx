import { useQuery } from '@tanstack/react-query'
import { factorContract } from '../../../shared/session/factor-contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { leaveForm, useAlreadyIn } from '../begin-session.ts'
import styles from '../signed-out-layout.module.css'
import { SignedOutLayout } from '../signed-out-layout.tsx'
import { writes } from '../writes.ts'
import { Prove } from './prove.tsx'
import { texts } from './texts.ts'

/** The second step of a sign-in, after the password. */
export const SecondStep = () => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { next } = useSearch('/sign-in/step')
  useAlreadyIn(next)
  const query = useQuery(read(factorContract.routes.step, {}))
  const finish = useWrite(writes.finish)
  const failure = query.error?.failure ?? (finish.failure?.type === 'step-ended' ? finish.failure : undefined)
  return (
    <SignedOutLayout title={t('session.factor.step')} lead={t('session.factor.step.lead')}>
      {failure ? (
        <>
          <Banner tone="error" role="alert">
            {words(failure)}
          </Banner>
          <LinkButton to="/sign-in" search={{ next }} variant="primary">
            {t('session.factor.again')}
          </LinkButton>
        </>
      ) : (
        query.data && (
          <Prove
            code={query.data.code}
            passkey={query.data.passkey}
            action={t('session.factor.finish')}
            busy={finish.state === 'sending'}
            failure={finish.failure}
            onProof={proof => finish.send({ body: { proof } }, { onDone: () => leaveForm(next) })}
          />
        )
      )}
      <p className={styles.after}>{t('session.factor.lost')}</p>
    </SignedOutLayout>
  )
}
