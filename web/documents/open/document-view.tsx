import type { ComponentProps } from 'react'
import { documentsContract } from '../../../shared/documents/contract.ts'
import { call, useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { type Readable, read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { FileButton } from '../../ui/button.tsx'
import { Preview } from '../../ui/files/preview.tsx'
import { ScanWords } from '../../ui/files/scan-words.tsx'
import { useBytes } from '../../ui/files/sizes.ts'
import { UnscannedButton } from '../../ui/files/unscanned-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { EntryActs } from '../acts/entry-acts.tsx'
import type { ShownEntry } from '../data/order.ts'
import { texts as shared } from '../texts.ts'
import styles from './document-view.module.css'
import { texts } from './texts.ts'

/** Milliseconds after which the address of one's own document is asked for anew: it is good for 15 minutes. */
const interval = 600_000

type DocumentViewProps = Omit<ComponentProps<typeof EntryActs>, 'entry' | 'manages'> & {
  readonly id: string
  /** What a list tells of it already. */
  readonly known: ShownEntry | undefined
  /** Shown under the preview where no heading says it. */
  readonly isTitled: boolean
}

/** A document: what it shows, who placed it when, and what can be done with it. */
export const DocumentView = ({ id, known, space, isTitled, ...acts }: DocumentViewProps) => {
  const query = useRead(
    read(documentsContract.routes.entry, { params: { space: space.id, entry: id } }, { every: interval }),
  )
  // A class's list tells all of it, its address too, also without the API.
  const shown: Readable<ShownEntry> =
    query.data === undefined && known ? { ...query, data: known, error: null, dataUpdatedAt: 0, confirmedAt: 0 } : query
  return (
    <ReadState query={shown}>
      {entry => <Document entry={entry} space={space} isTitled={isTitled} {...acts} />}
    </ReadState>
  )
}

const Document = ({
  entry,
  space,
  isTitled,
  ...acts
}: Omit<DocumentViewProps, 'id' | 'known'> & { readonly entry: ShownEntry }) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const dates = useDates()
  const bytes = useBytes()
  const { file, link, name, by, at } = entry
  if (!file) return null
  const isOwn = by.id === me.person.id
  const isAdult = me.roles.some(({ role }) => role !== 'pupil')
  const details = { who: by.name, when: dates.dayTime(at) }
  return (
    <article className={styles.document}>
      {link && <Preview key={link} file={{ ...file, name }} link={link} />}
      <div className={styles.about}>
        {isTitled && <h2 className={styles.name}>{name}</h2>}
        <p className={styles.detail}>
          {bytes(file.length)} · {t(isOwn ? 'documents.placed.own' : 'documents.placed', details)}
        </p>
        {file.scan === 'clean' ? (
          <p className={styles.clean}>
            <Icon name="safe" size={16} />
            {t('documents.scan.clean')}
          </p>
        ) : (
          <>
            <ScanWords scan={file.scan} />
            <p>{t(`documents.scan.${file.scan}.words`)}</p>
          </>
        )}
      </div>
      {link && (
        <FileButton variant="primary" icon="download" href={link} name={name}>
          {t('documents.save')}
        </FileButton>
      )}
      {file.scan === 'unscannable' && isAdult && (
        <UnscannedButton
          ask={() => call(documentsContract.routes.unscanned, { params: { space: space.id, entry: entry.id } })}
        />
      )}
      <EntryActs {...acts} entry={entry} space={space} manages={space.manages || isOwn} />
    </article>
  )
}
