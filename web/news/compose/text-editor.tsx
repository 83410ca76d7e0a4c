import { type KeyboardEvent, lazy, Suspense, useId, useLayoutEffect, useRef, useState } from 'react'
import { textProblem } from '../../../shared/news/text/problem.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import field from '../../ui/field.module.css'
import { Field } from '../../ui/field.tsx'
import { useWide } from '../wide.ts'
import { bold, link, list, type Written } from './format.ts'
import styles from './text-editor.module.css'
import { texts } from './texts.ts'

const Text = lazy(() => import('../text/text.tsx').then(loaded => ({ default: loaded.Text })))

export type TextEditorProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
}

/** An editor for the Markdown of a news item, with buttons that format the selection and a preview. */
export const TextEditor = ({ value, onChange, error }: TextEditorProps) => {
  const t = useTexts(texts)
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  // Where there is room the text is shown beside the form.
  const isWide = useWide()
  const [wantsPreview, setPreview] = useState(false)
  const isPreview = wantsPreview && !isWide
  const selection = useRef<Written>(undefined)
  const isNothing = isPreview && textProblem(value) === 'nothing'

  // The selection can only be set after the field has the new text.
  useLayoutEffect(() => {
    const wanted = selection.current
    if (wanted?.text !== value) return
    selection.current = undefined
    area.current?.focus()
    area.current?.setSelectionRange(wanted.start, wanted.end)
  }, [value])

  const apply = (format: (written: Written) => Written) => {
    const { selectionStart: start, selectionEnd: end } = area.current ?? { selectionStart: 0, selectionEnd: 0 }
    const next = format({ text: value, start, end })
    selection.current = next
    onChange(next.text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.key === 'b') apply(bold)
    else if (event.key === 'k') apply(link)
    else return
    event.preventDefault()
  }

  return (
    <Field label={t('news.compose.body')} error={error}>
      {attributes => (
        <div className={styles.editor}>
          <div className={styles.bar}>
            <div
              role="toolbar"
              aria-label={t('news.compose.format')}
              aria-controls={attributes.id}
              className={styles.tools}
            >
              <Button variant="quiet" icon="bold" bare disabled={isPreview} onClick={() => apply(bold)}>
                {t('news.compose.bold')}
              </Button>
              <Button variant="quiet" icon="bullets" bare disabled={isPreview} onClick={() => apply(list)}>
                {t('news.compose.list')}
              </Button>
              <Button variant="quiet" icon="link" bare disabled={isPreview} onClick={() => apply(link)}>
                {t('news.compose.link')}
              </Button>
            </div>
            {!isWide && (
              <Button
                variant="quiet"
                icon={isPreview ? 'pen' : 'eye'}
                aria-controls={`${id}-preview`}
                onClick={() => setPreview(!isPreview)}
              >
                {t(isPreview ? 'news.compose.write' : 'news.compose.preview')}
              </Button>
            )}
          </div>
          <textarea
            {...attributes}
            ref={area}
            hidden={isPreview}
            className={classes(field.control, styles.area)}
            value={value}
            onChange={event => onChange(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <section
            id={`${id}-preview`}
            aria-label={t('news.compose.preview')}
            hidden={!isPreview}
            className={styles.preview}
          >
            {isPreview && isNothing && <p className={styles.nothing}>{t('news.compose.preview.empty')}</p>}
            {isPreview && !isNothing && (
              <Suspense fallback={<p className={styles.plain}>{value}</p>}>
                <Text markdown={value} />
              </Suspense>
            )}
          </section>
        </div>
      )}
    </Field>
  )
}
