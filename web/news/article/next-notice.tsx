import { isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { News } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { serverDate } from '../../platform/server-time.ts'
import { LinkButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { awaitsSignature, type ReaderNews } from '../data/reading.ts'
import type { Filter } from '../list/rows.ts'
import styles from './next-notice.module.css'
import { texts } from './texts.ts'

/**
 * The notices that are open, whether signed or not, and the list's filter, which the address of each keeps. `isAll`: false
 * where others may wait that are not known yet.
 */
export type Among = {
  readonly notices: readonly ReaderNews[]
  readonly filter: Filter
  readonly isAll: boolean
}

/**
 * The notices that still await this reader after the open one, in the order in which Home asks for them: oldest first, and
 * those before the open one last, so that what is left out comes round again. Filtered by child or school as the list is.
 */
const noticesAfter = ({ notices, filter: { of } }: Among, open: string): readonly ReaderNews[] => {
  const byAge = [...notices].sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? -1 : 1))
  const at = byAge.findIndex(({ news }) => news.id === open)
  return [...byAge.slice(at + 1), ...byAge.slice(0, Math.max(at, 0))].filter(
    ({ news, signing, children }) =>
      awaitsSignature(signing) &&
      isOpenToAnswers(news, serverDate()) &&
      (of === undefined || news.uai === of || children.includes(of)),
  )
}

const targetOf = ({ news }: ReaderNews, search: Filter) =>
  ({
    to: '/news/:audience/:news',
    params: { audience: news.audiences[0] ?? '', news: news.id },
    search,
  }) as const

/**
 * Goes on after the open notice was signed: to the next one, in place of this one, so that Back leads to where one came from.
 * The toast leads back to what was signed.
 */
export const useGoOn = (among: Among | undefined, { id: news, title, audiences }: News) => {
  const t = useTexts(texts)
  return (): void => {
    if (!among) return
    const { filter } = among
    const [next] = noticesAfter(among, news)
    if (!next) {
      toast({ text: t(among.isAll ? 'news.next.none' : 'news.next.none.part') })
      return
    }
    const params = { audience: audiences[0]?.id ?? '', news }
    const again = () => navigate({ to: '/news/:audience/:news', params, search: filter, replace: true })
    toast({ text: t('news.next.signed', { title }), act: { label: t('news.next.again'), icon: 'back', onAct: again } })
    navigate({ ...targetOf(next, filter), replace: true })
  }
}

type NextNoticeProps = { readonly among: Among; readonly open: string }

/** Under a notice: how many others wait, and the way to the next one without answering this one. */
export const NextNotice = ({ among, open }: NextNoticeProps) => {
  const t = useTexts(texts)
  const rest = noticesAfter(among, open)
  const [next] = rest
  if (!next) return null
  return (
    <p className={styles.next}>
      <span>{t('news.next.left', { count: rest.length })}</span>
      <LinkButton variant="quiet" icon="next" {...targetOf(next, among.filter)}>
        {t('news.next')}
      </LinkButton>
    </p>
  )
}
