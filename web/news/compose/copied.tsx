import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { read } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { Banner } from '../../ui/banner.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { publication } from '../data/published.ts'
import { copyOf, fromTemplate } from './copy-form.ts'
import { emptyForm, type NewsForm } from './form.ts'
import { texts } from './template-texts.ts'

/** What a new item is begun from: nothing, a publication (`from`), or a template. */
export type Source = { readonly from?: string | undefined; readonly template?: string | undefined }

/** What the draft of it is stored under: one of its own for each publication or template that it was begun from. */
export const subjectOf = ({ from, template }: Source, uai: string): string => {
  if (from !== undefined) return `copy.${from}`
  return template === undefined ? uai : `template.${template}`
}

type CopiedProps = {
  readonly source: Source
  readonly uai: string
  readonly children: (start: NewsForm) => ReactNode
}

/** Reads what a new item is begun from, and begins with its form. Recipients that are no longer offered are left out. */
export const Copied = ({ source: { from, template }, uai, children }: CopiedProps) => {
  if (from !== undefined) return <FromPublication news={from} uai={uai} begin={children} />
  if (template !== undefined) return <FromTemplate template={template} uai={uai} begin={children} />
  return <>{children(emptyForm)}</>
}

type Begin = { readonly uai: string; readonly begin: (start: NewsForm) => ReactNode }

const FromPublication = ({ news, uai, begin }: Begin & { readonly news: string }) => {
  const t = useTexts(texts)
  const query = useQuery(publication(news))
  const choices = useQuery(read(newsContract.routes.choices, { params: { uai } }))
  return (
    <ReadState query={query}>
      {found => (
        <ReadState query={choices}>
          {({ items }) => (
            <>
              <Banner tone="info">
                {t('news.copy.of')}
                {(found.attachments?.length ?? 0) > 0 && ` ${t('news.copy.files')}`}
              </Banner>
              <Once start={() => offered(copyOf(found, serverDate()), items)} begin={begin} />
            </>
          )}
        </ReadState>
      )}
    </ReadState>
  )
}

const FromTemplate = ({ template, uai, begin }: Begin & { readonly template: string }) => {
  const t = useTexts(texts)
  const query = useQuery(read(newsContract.routes.template, { params: { uai, template } }))
  return (
    <ReadState query={query}>
      {found => (
        <>
          <Banner tone="info">{t('news.copy.template')}</Banner>
          <Once start={() => fromTemplate(found, serverDate())} begin={begin} />
        </>
      )}
    </ReadState>
  )
}

const offered = (form: NewsForm, choices: readonly AudienceChoice[]): NewsForm => ({
  ...form,
  audiences: form.audiences.filter(id => choices.some(one => one.id === id)),
})

/** Begins once: what is read again meanwhile does not change what is being written. */
const Once = ({ start, begin }: { readonly start: () => NewsForm; readonly begin: Begin['begin'] }) => {
  const [form] = useState(start)
  return <>{begin(form)}</>
}
