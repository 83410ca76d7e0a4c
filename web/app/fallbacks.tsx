import { useEffect } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { texts } from './texts.ts'

const ToHome = () => {
  const t = useTexts(texts)
  return (
    <LinkButton to="/" look="primary">
      {t('app.to-home')}
    </LinkButton>
  )
}

/** No screen has this address. */
export const NotFound = () => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.not-found')}>
      <EmptyState title={t('app.not-found-words')} action={<ToHome />} />
    </Screen>
  )
}

/** The screen serves roles that the person does not hold. */
export const NoPermission = () => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.no-permission')}>
      <EmptyState title={t('app.no-permission-words')} action={<ToHome />} />
    </Screen>
  )
}

/** Nobody knows yet who is signed in, and the API does not answer: asked again on demand, and once the network is back. */
export const Unreachable = ({ onRetry }: { readonly onRetry: () => void }) => {
  const t = useTexts(texts)
  useEffect(() => {
    addEventListener('online', onRetry)
    return () => removeEventListener('online', onRetry)
  }, [onRetry])
  return (
    <Screen title={t('app.unreachable')}>
      <EmptyState title={t('app.unreachable-words')} action={<Button onClick={onRetry}>{t('app.reload')}</Button>} />
    </Screen>
  )
}

/** A screen threw: a defect of ours, or a part of the app that could not be fetched. */
export const Broken = () => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.error')}>
      <EmptyState
        title={t('app.error-words')}
        action={<Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
      />
    </Screen>
  )
}

/** A screen whose part of the app is on its way. */
export const Pending = () => (
  <main id="main">
    <Skeleton />
  </main>
)
