import { useTexts } from '../../platform/catalogue.ts'
import { Banner } from '../../ui/banner.tsx'
import type { PasskeyFailure } from './passkeys.ts'
import { texts } from './texts.ts'

/** Says why the browser gave no passkey, and what to do. `here`: where a code can be typed instead. */
export const PasskeyRefusal = ({ why, here }: { readonly why: PasskeyFailure; readonly here: 'add' | 'prove' }) => {
  const t = useTexts(texts)
  return (
    <Banner tone={why === 'failed' ? 'error' : 'warn'} role="alert">
      {t(why === 'failed' && here === 'add' ? 'session.factor.passkey-not-made' : `session.factor.passkey-${why}`)}
    </Banner>
  )
}
