import '../ui/tokens.css'
import '../ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { currentSession, onSessionEnd } from '../platform/api.ts'
import { forgetContent, queryClient, refreshOnReturn } from '../platform/content.ts'
import { speak, startingLanguage } from '../platform/language.ts'
import { showTheme } from '../platform/theme.ts'
import { router } from './router.tsx'
import { registerServiceWorker } from './service-worker.ts'

const session = currentSession()
speak(startingLanguage(session.state === 'signed-in' ? session.me : undefined))
showTheme()
refreshOnReturn()
registerServiceWorker()

// Signed out, here or elsewhere: nothing that was read stays; where one was is kept unless leaving was asked for.
onSessionEnd(why => {
  const { pathname, href } = router.state.location
  void forgetContent()
  void router.navigate({
    to: '/sign-in',
    search: why && pathname !== '/' ? { next: href, why: why.type } : { why: why?.type },
    replace: true,
  })
})

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
)
