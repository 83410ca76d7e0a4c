import { useEffect, useRef, useState } from 'react'
import { navigate as visit } from 'wouter/use-browser-location'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { texts } from './texts.ts'

/**
 * Asks before codes that nobody printed are left: by a link, by Back, by closing the page. An entry of the history of its
 * own takes the first Back, since the browser tells of it only when it is done.
 */
export const Leaving = ({ unseen }: { readonly unseen: boolean }) => {
  const t = useTexts(texts)
  /** Goes where the person was about to go. */
  const [leave, setLeave] = useState<() => void>()
  const asks = useRef(unseen)
  asks.current = unseen
  useEffect(() => {
    const stop = new AbortController()
    history.pushState(history.state, '')
    const onLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!asks.current || !link || link.origin !== location.origin || link.target || event.ctrlKey || event.metaKey)
        return
      event.preventDefault()
      event.stopPropagation()
      const to = link.pathname + link.search
      setLeave(() => () => visit(to))
    }
    const onBack = () => {
      if (!asks.current) return
      history.pushState(history.state, '')
      setLeave(() => () => history.go(-2))
    }
    const onClose = (event: BeforeUnloadEvent) => {
      if (asks.current) event.preventDefault()
    }
    addEventListener('click', onLink, { capture: true, signal: stop.signal })
    addEventListener('popstate', onBack, { signal: stop.signal })
    addEventListener('beforeunload', onClose, { signal: stop.signal })
    return () => stop.abort()
  }, [])
  return (
    <Dialog
      open={leave !== undefined}
      onClose={() => setLeave(undefined)}
      title={t('directory.leaving')}
      actions={
        <>
          <Button variant="primary" onClick={() => setLeave(undefined)}>
            {t('directory.leaving.stay')}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              asks.current = false
              leave?.()
            }}
          >
            {t('directory.leaving.leave')}
          </Button>
        </>
      }
    >
      <p>{t('directory.leaving.why')}</p>
    </Dialog>
  )
}
