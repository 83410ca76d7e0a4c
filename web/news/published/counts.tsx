import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { Bar } from '../../ui/bar.tsx'
import styles from './counts.module.css'
import { texts } from './texts.ts'

type Counted = Pick<PublishedNews, 'people' | 'seen' | 'signers' | 'signed'>

const Gauge = ({ label, part, whole }: { readonly label: string; readonly part: number; readonly whole: number }) => (
  <span className={styles.gauge}>
    <span>{label}</span>
    <Bar part={part} whole={whole} />
  </span>
)

/** How many people have seen a publication and, of a notice, signed it. */
export const Counts = ({ of: { people, seen, signers, signed } }: { readonly of: Counted }) => {
  const t = useTexts(texts)
  return (
    <span className={styles.counts}>
      <Gauge label={t('news.seen.count', { seen, people })} part={seen} whole={people} />
      {signers > 0 && <Gauge label={t('news.signed.count', { signed, signers })} part={signed} whole={signers} />}
    </span>
  )
}
