import type { PublishedNews } from '../../../../shared/news/shapes.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { useDates } from '../../../platform/dates.ts'
import { serverDate } from '../../../platform/server-time.ts'
import { spaced } from '../../../ui/spaces.ts'
import type { Line } from './columns.ts'
import styles from './printed.module.css'
import { texts } from './texts.ts'

type ListSheetProps = {
  readonly news: Pick<PublishedNews, 'title' | 'schoolName' | 'question'>
  readonly of: string
  readonly lines: readonly Line[]
}

const columns = ['name', 'class', 'children', 'seen', 'signed', 'answer', 'words'] as const
type Column = (typeof columns)[number]

const cell = (line: Line, column: Column): string => {
  switch (column) {
    case 'name':
      return [line.familyName.toLocaleUpperCase('fr-FR'), line.givenName].filter(Boolean).join(' ')
    case 'class':
      return [line.role, line.classes].filter(Boolean).join(', ')
    default:
      return line[column]
  }
}

/** A list of readers on A4: who has seen, signed and answered what. Columns that say nothing of anybody are left out. */
export const ListSheet = ({ news, of, lines }: ListSheetProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const shown = columns.filter(column => lines.some(line => cell(line, column) !== ''))
  return (
    <article className={styles.page}>
      <header className={styles.top}>
        <h1>{spaced(`${news.title} · ${of}`)}</h1>
        <p>{t('news.lists.page', { school: news.schoolName, date: dates.date(serverDate()) })}</p>
      </header>
      {news.question && <p className={styles.question}>{spaced(news.question.text)}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            {shown.map(column => (
              <th key={column} scope="col">
                {t(`news.lists.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.id}>
              {shown.map(column => (
                <td key={column}>{cell(line, column)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
