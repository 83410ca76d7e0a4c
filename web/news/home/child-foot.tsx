import { useTexts } from '../../platform/catalogue.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import styles from './child-foot.module.css'
import type { ChildCounts } from './order.ts'
import { texts } from './texts.ts'

/** What is to be signed and to be read for a child. A number of a part says that it is one, and so does "nothing". */
export const ChildFoot = ({ child, counts }: { readonly child: string; readonly counts: ChildCounts }) => {
  const t = useTexts(texts)
  const { toSign, unread, isAll } = counts
  return (
    <>
      <Link
        to="/news"
        search={{ show: 'sign', of: child }}
        className={toSign > 0 || !isAll.toSign ? styles.asks : styles.rests}
      >
        <Icon name="pen" size={20} />
        {isAll.toSign ? t('news.home.to-sign', { count: toSign }) : t('news.home.to-sign-some')}
      </Link>
      <Link
        to="/news"
        search={{ show: 'unread', of: child }}
        className={unread > 0 || !isAll.unread ? styles.waits : styles.rests}
      >
        <Icon name="news" size={20} />
        {t(isAll.unread ? 'news.home.to-read' : 'news.home.to-read-recent', { count: unread })}
      </Link>
    </>
  )
}
