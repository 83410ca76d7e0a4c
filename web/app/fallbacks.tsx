import { useTexts } from '../platform/catalogue.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { texts } from './texts.ts'

const ToHome = () => {
  const t = useTexts(texts)
  return (
    <LinkButton to="/" variant="primary">
      {t('app.to-home')}
    </LinkButton>
  )
}

/** For an address that no screen has. */
export const NotFound = () => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.not-found')}>
      <EmptyState title={t('app.not-found-words')} action={<ToHome />} />
    </Screen>
  )
}

/** For a screen of roles that the person does not have. */
export const NoPermission = () => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.no-permission')}>
      <EmptyState title={t('app.no-permission-words')} action={<ToHome />} />
    </Screen>
  )
}

/** For an unknown session while neither the API nor the edge says who it is. */
export const Unreachable = ({ onRetry }: { readonly onRetry: () => void }) => {
  const t = useTexts(texts)
  return (
    <Screen title={t('app.unreachable')}>
      <EmptyState title={t('app.unreachable-words')} action={<Button onClick={onRetry}>{t('app.reload')}</Button>} />
    </Screen>
  )
}

/** For a screen that threw: a bug, or a chunk that could not be fetched. */
export const ScreenError = () => {
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

/** For a screen whose chunk, or whose session, is still loading. */
export const Pending = () => (
  <main id="main">
    <Skeleton />
  </main>
)
