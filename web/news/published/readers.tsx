import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import * as z from 'zod/mini'
import { GroupId } from '../../../shared/kernel/ids.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { choicesOf } from '../../../shared/news/question.ts'
import type { PublishedNews, Reader, readerStates } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { readPages } from '../../platform/read.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { texts as shared } from '../texts.ts'
import { AnswerCounts, AnswerFilter } from './answers.tsx'
import { Counts } from './counts.tsx'
import { PaperDialog } from './paper/paper-dialog.tsx'
import { ReaderRow } from './reader-row.tsx'
import styles from './readers.module.css'
import { RemindButton } from './remind-button.tsx'
import { texts } from './texts.ts'

/** With the texts' parser, which reply slips need. */
const Lists = lazy(() => import('./lists/lists.tsx').then(loaded => ({ default: loaded.Lists })))

type State = (typeof readerStates)[number]

/** A group of the address; empty where it holds something else, which the API would refuse. */
const groupIn = (asked = ''): string => (z.safeParse(GroupId, asked).success ? asked : '')

/** One of the answers that a list can be of; empty where the address holds another. */
const answerIn = ({ question }: PublishedNews, asked = ''): string => {
  const all = question ? [...Array.from({ length: choicesOf(question) }, (_, place) => String(place)), 'differing'] : []
  return all.includes(asked) ? asked : ''
}

type ReadersProps = { readonly news: PublishedNews & { readonly body: string }; readonly children: ReactNode }

/**
 * Who has seen or signed a publication, and who has not; begins with those who have not. Where there is room, what it is
 * (`children`), the counts and the filter stand beside the list. What is shown stands in the address.
 */
export const Readers = ({ news, children }: ReadersProps) => {
  const t = useTexts(texts, shared)
  const address = useSearch('/news/:news/readers')
  const states: readonly State[] =
    news.signers > 0 ? ['unsigned', 'signed', 'unseen', 'seen', 'all'] : ['unseen', 'seen', 'all']
  const [begins] = states
  const state = states.find(one => one === address.state) ?? begins ?? 'all'
  const group = groupIn(address.group)
  const answer = answerIn(news, address.answer)
  const show = (change: Partial<Record<'state' | 'group' | 'answer', string>>) =>
    navigate({
      to: '/news/:news/readers',
      params: { news: news.id },
      search: { ...address, ...change },
      replace: true,
    })
  const [onPaper, setOnPaper] = useState<Reader>()
  const takesPaper = news.state === 'published' || news.state === 'ended'
  const query = useInfiniteQuery({
    ...readPages(newsContract.routes.readers, {
      params: { news: news.id },
      query: { state, ...(group && { group }), ...(state === 'signed' && answer && { answer }) },
    }),
    placeholderData: keepPreviousData,
  })
  const first = query.data?.[0]
  const counts = first?.counts
  const numbers: { readonly [Name in State]?: number | undefined } = {
    all: counts?.people,
    seen: counts?.seen,
    unseen: counts && counts.people - counts.seen,
    signed: counts?.signed,
    unsigned: counts && counts.signers - counts.signed,
  }
  const missing = state === 'unseen' || state === 'unsigned' ? state : undefined
  const readers = query.data?.flatMap(page => page.items)
  return (
    <div className={styles.readers}>
      <div className={styles.counted}>
        {children}
        <h2 id="readers">{t('news.readers')}</h2>
        {counts && <Counts of={counts} />}
        {news.question && counts?.answers && <AnswerCounts question={news.question} of={counts} />}
        {first && first.followers > 0 && (
          <p className={styles.hint}>{t('news.readers.followers', { followers: first.followers })}</p>
        )}
        {first && first.groups.length > 1 && (
          <div className={styles.group}>
            <Select
              label={t('news.readers.group')}
              value={group}
              onChange={value => show({ group: value })}
              options={[
                { value: '', label: t('news.readers.group.all') },
                ...first.groups.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
        )}
        <Segments
          label={t('news.readers.state')}
          value={state}
          onChange={value => show({ state: value === begins ? '' : value })}
          segments={states.map(value => {
            const count = numbers[value]
            return { value, label: t(`news.readers.${value}`), ...(count !== undefined && { count }) }
          })}
        />
        {news.question && state === 'signed' && counts?.answers && (
          <div className={styles.group}>
            <AnswerFilter question={news.question} value={answer} onChange={value => show({ answer: value })} />
          </div>
        )}
        {missing && first && news.state === 'published' && first.reminders[missing].people > 0 && (
          <RemindButton
            key={missing + group}
            news={news}
            state={missing}
            group={group || undefined}
            reminder={first.reminders[missing]}
          />
        )}
        {first && news.state !== 'withdrawn' && (
          <Suspense>
            <Lists
              news={news}
              group={first.groups.find(({ id }) => id === group)}
              people={first.counts.people + (news.notice === 'pupil' ? first.counts.signers : 0)}
            />
          </Suspense>
        )}
      </div>
      <section className={styles.listed} aria-labelledby="readers">
        <ReadState query={{ ...query, data: readers }}>
          {found =>
            found.length === 0 ? (
              <EmptyState
                title={t(
                  state === 'unseen'
                    ? 'news.readers.allSeen'
                    : state === 'unsigned'
                      ? 'news.readers.allSigned'
                      : 'news.readers.empty',
                )}
              />
            ) : (
              <>
                <List label={t(`news.readers.${state}`)}>
                  {found.map(reader => (
                    <ReaderRow
                      key={reader.id}
                      reader={reader}
                      state={state}
                      question={news.question}
                      {...(takesPaper && reader.signs && { onPaper: () => setOnPaper(reader) })}
                    />
                  ))}
                </List>
                <ListEnd query={query} />
              </>
            )
          }
        </ReadState>
      </section>
      {onPaper && <PaperDialog key={onPaper.id} news={news} reader={onPaper} onClose={() => setOnPaper(undefined)} />}
    </div>
  )
}
