import { awaitsSignature, type ReaderNews } from '../news/data/reading.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { type ChildFace, ChildMark } from '../ui/child-mark.tsx'
import { RowLink } from '../ui/list.tsx'
import { Tag } from '../ui/tag.tsx'
import { texts } from './texts.ts'

type HomeRowProps = {
  readonly of: ReaderNews
  readonly faces: ReadonlyMap<string, ChildFace>
  readonly showSchool: boolean
}

/** A news item on Home: all of it leads to its page. Of a notice, the children it waits for. */
export const HomeRow = ({ of: { news, children, signing, unread, reminded }, faces, showSchool }: HomeRowProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const waiting = signing.by === 'pupil' ? signing.children.filter(one => !one.signed).map(one => one.id) : []
  const marks = (waiting.length > 0 ? waiting : children).flatMap(child => faces.get(child) ?? [])
  const by = t('home.by', { name: news.author.name, when: dates.ago(news.publishedAt) })
  return (
    <RowLink
      to="/news/:audience/:news"
      params={{ audience: news.audiences[0] ?? '', news: news.id }}
      fresh={unread && t('home.tag.unread')}
      lead={marks.length > 0 && marks.map(face => <ChildMark key={face.name + face.initial} face={face} />)}
      title={news.title}
      excerpt={news.excerpt}
      detail={showSchool ? `${by} · ${news.schoolName}` : by}
      tags={
        <>
          {news.urgent && (
            <Tag tone="late" icon="urgent">
              {t('home.tag.urgent')}
            </Tag>
          )}
          {awaitsSignature(signing) && (
            <Tag tone="soon" icon="pen">
              {t('home.tag.toSign')}
            </Tag>
          )}
          {reminded && (
            <Tag tone="soon" icon="bell">
              {t('home.tag.reminded')}
            </Tag>
          )}
        </>
      }
    />
  )
}
