import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { SpaceId } from '../../../shared/documents/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { readPages } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { List, Row } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Screen } from '../../ui/screen.tsx'
import { toast } from '../../ui/toast.tsx'
import { useSpaces } from '../data/spaces.ts'
import screen from '../documents-screen.module.css'
import { entryIcon } from '../list/entry-icon.ts'
import { SpaceLinks } from '../spaces/space-links.tsx'
import { useSpaceName } from '../spaces/space-name.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { texts } from './texts.ts'

/** What was put into the trash of a space, and can be taken out again. */
export const TrashScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const dates = useDates()
  const words = useFailureWords()
  const nameOf = useSpaceName()
  const { space = 'mine' } = useParams()
  const spaces = useSpaces(me)
  const pages = useInfiniteQuery(readPages(documentsContract.routes.trash, { params: { space: space as SpaceId } }))
  const restoring = useWrite(writes.restore)
  const restore = (entry: string, name: string) =>
    restoring.send(
      { params: { space: space as SpaceId, entry } },
      {
        onDone: () => toast({ text: t('documents.trash.restored', { name }) }),
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  const own = spaces.find(({ id }) => id === space)
  return (
    <Screen
      title={t('documents.title')}
      subtitle={t('documents.trash.of', { space: nameOf(own ?? { label: undefined }) })}
    >
      <div className={screen.layout}>
        <SpaceLinks spaces={spaces} open={space} isTrash />
        <div className={screen.list}>
          <ReadState query={{ ...pages, data: pages.data?.flatMap(({ items }) => items) }}>
            {items =>
              items.length === 0 ? (
                <EmptyState title={t('documents.trash.empty')}>{t('documents.trash.empty.hint')}</EmptyState>
              ) : (
                <List label={t('documents.trash')}>
                  {items.map(entry => (
                    <Row
                      key={entry.id}
                      lead={<Icon name={entryIcon(entry)} />}
                      title={entry.name}
                      detail={t('documents.trash.since', { when: dates.brief(entry.trashedAt ?? entry.at) })}
                      act={
                        <Button variant="quiet" icon="undo" onClick={() => restore(entry.id, entry.name)}>
                          {t('documents.trash.restore')}
                        </Button>
                      }
                    />
                  ))}
                </List>
              )
            }
          </ReadState>
          <ListEnd query={pages} />
        </div>
      </div>
    </Screen>
  )
}
