import type { ReactNode } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useReach } from '../data/reach.ts'
import styles from './compose-form.module.css'
import { texts } from './texts.ts'

type SendBarProps = {
  readonly uai: string
  readonly audiences: readonly string[]
  readonly isSending: boolean
  readonly label: string
  readonly draftState?: ReactNode
  /** Why it was not sent. */
  readonly error?: ReactNode
}

/** The submit button, with the number of people the item reaches. */
export const SendBar = ({ uai, audiences, isSending, label, draftState, error }: SendBarProps) => {
  const t = useTexts(texts)
  const reach = useReach(uai, audiences)
  const said = {
    none: () => t('news.reach.none'),
    counting: () => t('news.reach.loading'),
    unknown: () => t('news.reach.failed'),
    known: () => {
      const { people, followers } = reach.state === 'known' ? reach : { people: 0, followers: 0 }
      const along = followers > 0 && t('news.reach.followers', { followers })
      return [t('news.reach', { people }), along].filter(Boolean).join(' · ')
    },
  }
  return (
    <div className={styles.bar}>
      {error && (
        <div className={styles.wrong}>
          <FieldError role="alert">{error}</FieldError>
        </div>
      )}
      <div className={styles.said}>
        <p role="status" className={styles.reach}>
          <Icon name="people" size={20} />
          {said[reach.state]()}
        </p>
        {draftState}
      </div>
      <Button type="submit" variant="primary" icon="send" busy={isSending}>
        {label}
      </Button>
    </div>
  )
}
