import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import field from '../../ui/field.module.css'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useAudienceName } from '../audience-name.ts'
import styles from './audience-picker.module.css'
import { chipsOf, choiceSections, isFound, levelOptionsOf, type Option, optionsOf } from './choices.ts'
import { texts } from './texts.ts'

export type AudiencePickerProps = {
  readonly choices: readonly AudienceChoice[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** What stands in the field: it chooses nothing yet. */
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly error?: string | undefined
}

/**
 * Chooses several audiences: a combo box with a list one ticks, and the chosen ones as chips (ARIA 1.2, combobox with
 * a listbox popup; the focus stays in the field).
 */
export const AudiencePicker = ({ choices, chosen, onChange, typed, onType, error }: AudiencePickerProps) => {
  const t = useTexts(texts)
  const nameOf = useAudienceName()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState<string>()
  const [said, setSaid] = useState('')

  const all = [
    ...optionsOf(choices, nameOf, ({ label }) => t('news.compose.audiences.both', { label })),
    ...levelOptionsOf(choices, (level, of, classes) =>
      t(`news.compose.level.${of}`, { level, classes: classes.join(', ') }),
    ),
  ]
  const chips = chipsOf(all, chosen)
  const isChosen = ({ audiences }: Option) => audiences.every(one => chosen.includes(one.id))
  const sections = choiceSections
    .map(section => ({
      section,
      options: all.filter(({ section: of, name, audiences }) => {
        const kinds = audiences.map(one => one.kind)
        return of === section && isFound(kinds, name, typed)
      }),
    }))
    .filter(({ options }) => options.length > 0)
  const options = sections.flatMap(one => one.options)
  const current = isOpen ? options.find(one => one.id === active) : undefined

  const toggle = (option: Option) => {
    const has = isChosen(option)
    const ids = option.audiences.map(one => one.id)
    onChange(has ? chosen.filter(one => !ids.includes(one)) : [...new Set([...chosen, ...ids])])
    setSaid(t(has ? 'news.compose.audiences.removed' : 'news.compose.audiences.added', { label: option.name }))
    onType('')
    setActive(option.id)
  }
  const move = (to: number) => {
    setOpen(true)
    const index = current ? options.indexOf(current) + to : to > 0 ? 0 : options.length - 1
    const next = options[(index + options.length) % options.length]
    setActive(next?.id)
    if (next) document.getElementById(`${id}-${next.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chips.find(one => one.audiences.some(({ id: of }) => of === chosen[chosen.length - 1]))
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && current) toggle(current)
    else if (event.key === 'Enter' && isOpen && typed.trim() !== '' && options[0]) toggle(options[0])
    else if (event.key === 'Escape' && isOpen) setOpen(false)
    else if (event.key === 'Backspace' && typed === '' && last) return toggle(last)
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.picker}>
      <Field label={t('news.compose.audiences')} hint={t('news.compose.audiences.hint')} error={error}>
        {attributes => (
          // biome-ignore lint/a11y/noStaticElementInteractions: closes the list when the focus leaves the whole of it.
          <div
            className={styles.box}
            onBlur={event => {
              if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
            }}
          >
            <input
              {...attributes}
              ref={input}
              className={classes(field.control, styles.input)}
              role="combobox"
              aria-expanded={isOpen}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={current ? `${id}-${current.id}` : undefined}
              autoComplete="off"
              value={typed}
              onChange={event => {
                onType(event.target.value)
                setActive(undefined)
                setOpen(true)
              }}
              onClick={() => setOpen(true)}
              onKeyDown={onKeyDown}
            />
            <button
              type="button"
              className={styles.open}
              tabIndex={-1}
              aria-label={t('news.compose.audiences.open')}
              onClick={() => {
                setOpen(!isOpen)
                input.current?.focus()
              }}
            >
              <Icon name="down" size={20} />
            </button>
            <div
              id={`${id}-list`}
              role="listbox"
              aria-multiselectable="true"
              aria-label={t('news.compose.audiences')}
              className={styles.list}
              hidden={!isOpen}
              tabIndex={-1}
            >
              {sections.map(({ section, options: within }) => (
                // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own.
                <div key={section} role="group" aria-labelledby={`${id}-${section}`}>
                  <div id={`${id}-${section}`} className={styles.section}>
                    {t(`news.section.${section}`)}
                  </div>
                  {within.map(option => (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus, and its keys choose.
                    // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant of the field.
                    <div
                      key={option.id}
                      id={`${id}-${option.id}`}
                      role="option"
                      aria-selected={isChosen(option)}
                      className={classes(styles.option, option.id === current?.id && styles.active)}
                      onMouseDown={event => event.preventDefault()}
                      onClick={() => toggle(option)}
                    >
                      <span className={styles.tick}>{isChosen(option) && <Icon name="check" size={20} />}</span>
                      {option.name}
                    </div>
                  ))}
                </div>
              ))}
              {options.length === 0 && <p className={styles.none}>{t('news.compose.audiences.none')}</p>}
            </div>
          </div>
        )}
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chips} aria-label={t('news.compose.audiences.chosen')}>
          {chips.map(option => (
            <li key={option.id} className={styles.chip}>
              {option.name}
              <button
                type="button"
                className={styles.remove}
                aria-label={t('news.compose.audiences.remove', { label: option.name })}
                onClick={() => {
                  toggle(option)
                  input.current?.focus()
                  setOpen(false)
                }}
              >
                <Icon name="close" size={20} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={styles.said}>
        {said}
      </p>
    </div>
  )
}
