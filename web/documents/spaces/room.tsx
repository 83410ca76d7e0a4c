import { useTexts } from '../../platform/catalogue.ts'
import { Bar } from '../../ui/bar.tsx'
import { useBytes } from '../../ui/files/sizes.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts } from '../texts.ts'
import styles from './room.module.css'

/** Bytes of a photo as it is sent, by which what is left is told. */
const photo = 350 * 1024

/** How full a space is, as a sentence and a bar; `isBrief`: without what is left. */
export const Room = ({ room, isBrief = false }: Pick<ReaderSpace, 'room'> & { readonly isBrief?: boolean }) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  if (!room) return null
  const left = Math.max(0, room.quota - room.used)
  return (
    <div className={styles.room}>
      <p className={styles.figures}>{t('documents.room', { used: bytes(room.used), quota: bytes(room.quota) })}</p>
      <Bar part={room.used} whole={room.quota} />
      {!isBrief && (
        <p className={styles.left}>
          {left < photo
            ? t('documents.room.full')
            : t('documents.room.rest', { rest: bytes(left), photos: Math.floor(left / photo) })}
        </p>
      )}
    </div>
  )
}
