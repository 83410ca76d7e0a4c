import { useEffect } from 'react'
import { useSession } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { texts as account } from '../account/texts.ts'
import { leaveForm } from '../begin-session.ts'
import { SignedOutLayout } from '../signed-out-layout.tsx'
import { writes } from '../writes.ts'
import { Setup } from './setup.tsx'
import { texts } from './texts.ts'

/** Where somebody whose role needs a second factor sets up the first one, before anything else. */
export const FactorMissing = () => {
  const t = useTexts(texts, account)
  const session = useSession()
  const isMissing = session.state === 'signed-in' && session.me.factorMissing === true
  const signOut = useWrite(writes.signOut)
  useEffect(() => {
    if (session.state === 'signed-in' && !isMissing) leaveForm()
    if (session.state === 'signed-out') navigate({ to: '/sign-in', search: {}, replace: true })
  }, [session.state, isMissing])
  return (
    <SignedOutLayout title={t('session.factor.missing')} lead={t('session.factor.missing.lead')}>
      {isMissing && <Setup />}
      <Button variant="quiet" icon="leave" onClick={() => signOut.send({})}>
        {t('session.sign-out-here')}
      </Button>
    </SignedOutLayout>
  )
}
