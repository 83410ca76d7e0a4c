import '../ui/tokens.css'
import '../ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { currentSession, onSessionEnd } from '../platform/api.ts'
import { forgetContent, queryClient, refreshOnReturn } from '../platform/content.ts'
import { speak, startingLanguage } from '../platform/language.ts'
import { here, navigate } from '../platform/navigation.ts'
import { startOnline } from '../platform/online.ts'
import { passingStorage } from '../platform/storage.ts'
import { showTheme } from '../platform/theme.ts'
import { App } from './router.tsx'
import { keepPlaces } from './scroll.ts'
import { registerServiceWorker } from './service-worker.ts'

const session = currentSession()
speak(startingLanguage(session.state === 'signed-in' ? session.me : undefined))
showTheme()
refreshOnReturn()
startOnline()
keepPlaces()
registerServiceWorker()

// Signed out, here or elsewhere: nothing that was read stays. Where one was, and what one was writing on a device that
// is not one's own, is kept unless leaving was asked for.
onSessionEnd(why => {
  void forgetContent()
  if (!why) passingStorage.clear()
  const next = why && location.pathname !== '/' ? here() : undefined
  navigate({ to: '/sign-in', search: { next, why: why?.type }, replace: true })
})

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
)
