import { documentsContract } from '../../../shared/documents/contract.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { FileButton } from '../../ui/button.tsx'
import { ScanWords } from '../../ui/files/scan-words.tsx'
import { useBytes } from '../../ui/files/sizes.ts'
import { List, Row } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import type { ShownEntry } from '../data/order.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts as shared } from '../texts.ts'
import { texts } from './texts.ts'

/** The versions of a document, the current one first, each to be saved. */
export const Versions = ({ entry, space }: { readonly entry: ShownEntry; readonly space: ReaderSpace }) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const dates = useDates()
  const bytes = useBytes()
  const query = useRead(read(documentsContract.routes.entry, { params: { space: space.id, entry: entry.id } }))
  return (
    <ReadState query={query}>
      {({ history, name }) => (
        <List label={t('documents.versions')}>
          {history.map(({ file, by, at, link }, index) => (
            <Row
              key={`${file.id}-${at}`}
              title={t(index === 0 ? 'documents.version.current' : 'documents.version.of', { when: dates.dayTime(at) })}
              detail={[by.id === me.person.id ? t('documents.you') : by.name, bytes(file.length)].join(' · ')}
              tags={<ScanWords scan={file.scan} />}
              act={
                link && (
                  <FileButton variant="quiet" icon="download" href={link} name={name}>
                    {t('documents.download')}
                  </FileButton>
                )
              }
            />
          ))}
        </List>
      )}
    </ReadState>
  )
}
