import { useState } from 'react'
import { useParams } from 'wouter'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDebounced } from '../platform/debounced.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { LinkButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { BackLink, Screen } from '../ui/screen.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { wideFrom } from '../ui/wide.ts'
import { EntryMenu } from './acts/entry-menu.tsx'
import { NewFolder } from './acts/new-folder.tsx'
import { useEntries } from './data/entries.ts'
import type { ShownEntry } from './data/order.ts'
import { useFolderPath } from './data/path.ts'
import { firstSpace, type ReaderSpace, useSpaces } from './data/spaces.ts'
import styles from './documents-screen.module.css'
import { fileDrop, useDragging } from './list/drag.ts'
import { EntryList } from './list/entry-list.tsx'
import { PathLinks } from './list/path-links.tsx'
import { DocumentView } from './open/document-view.tsx'
import { Room } from './spaces/room.tsx'
import { SpaceLinks } from './spaces/space-links.tsx'
import { useSpaceName } from './spaces/space-name.ts'
import { texts } from './texts.ts'
import { AddButton } from './upload/add-button.tsx'
import { PhotoSetting } from './upload/photo-setting.tsx'
import { UploadList } from './upload/upload-list.tsx'
import { addUploads } from './upload/uploads.ts'

/** True where a document opens beside its list. */
const useWide = wideFrom(1200)
/** True where the spaces stand beside the list, and what adds to it above. */
const useDesk = wideFrom(1024)

/** Milliseconds without a further letter after which a name is sought; and the longest one. */
const typing = 300
const longestSearch = 100

/** The spaces and what is in one of them. */
export const DocumentsScreen = () => {
  const t = useTexts(texts)
  const me = useMe()
  const { space: asked = firstSpace(me) } = useParams()
  const spaces = useSpaces(me)
  const space = spaces.find(({ id }) => id === asked)
  if (space) return <SpaceScreen key={space.id} space={space} spaces={spaces} />
  return (
    <Screen title={t('documents.title')}>
      <EmptyState
        title={t('documents.foreign')}
        action={
          <LinkButton to="/documents" variant="primary">
            {t('documents.foreign.go')}
          </LinkButton>
        }
      >
        {t('documents.foreign.hint')}
      </EmptyState>
    </Screen>
  )
}

type SpaceScreenProps = { readonly space: ReaderSpace; readonly spaces: readonly ReaderSpace[] }

const SpaceScreen = ({ space, spaces }: SpaceScreenProps) => {
  const t = useTexts(texts)
  const me = useMe()
  const nameOf = useSpaceName()
  const isWide = useWide()
  const isDesk = useDesk()
  const { folder, document: open } = useSearch('/documents/:space')
  const [sought, setSought] = useState('')
  const asked = { space: space.id, folder, sought: useDebounced(sought.trim(), typing) }
  const entries = useEntries(me, asked)
  const path = useFolderPath(space.id, folder, entries.known)
  const dragging = useDragging(space.id)
  const { label } = space
  const goal = { space: space.id, folder, largest: space.room?.largest }
  const mayManage = (entry: ShownEntry) => space.manages || entry.by.id === me.person.id
  const close = () =>
    navigate({ to: '/documents/:space', params: { space: space.id }, search: { folder }, replace: true })
  const known = entries.known.find(({ id }) => id === open)
  const view = (isTitled: boolean) =>
    open !== undefined && (
      <DocumentView
        key={open}
        id={open}
        known={known}
        space={space}
        spaces={spaces}
        isTitled={isTitled}
        onGone={close}
      />
    )
  if (open !== undefined && !isWide)
    return (
      <Screen
        title={known?.name ?? t('documents.title')}
        tall
        narrow
        back={
          <BackLink to="/documents/:space" params={{ space: space.id }} search={{ folder }}>
            {path[path.length - 1]?.name ?? nameOf(space)}
          </BackLink>
        }
      >
        {view(false)}
      </Screen>
    )
  return (
    <Screen
      title={t('documents.title')}
      subtitle={label === undefined ? t('documents.mine.of') : t('documents.class.of', { label })}
      actions={
        isDesk && (
          <div className={styles.acts}>
            <NewFolder goal={goal} />
            <AddButton variant="primary" icon="plus" goal={goal} />
          </div>
        )
      }
    >
      <div className={classes(styles.layout, isWide && open !== undefined && styles.reading)}>
        <div>
          <SpaceLinks spaces={spaces} open={space.id} />
          <div className={styles.room}>
            <Room room={space.room} />
            <PhotoSetting />
          </div>
        </div>
        <div className={styles.list} {...fileDrop(files => addUploads(files, goal))}>
          <div className={styles.above}>
            {!asked.sought && (folder !== undefined || isDesk) && (
              <PathLinks space={space.id} name={nameOf(space)} path={path} dragging={dragging} />
            )}
            <div className={styles.search}>
              <SearchField
                label={t('documents.search')}
                maxLength={longestSearch}
                value={sought}
                onChange={setSought}
              />
            </div>
          </div>
          <UploadList />
          <EntryList
            space={space}
            inColumns={!isWide || open === undefined}
            asked={asked}
            entries={entries}
            open={open}
            stays={isWide}
            mayManage={mayManage}
            dragging={dragging}
            actOf={entry => (
              <EntryMenu
                entry={entry}
                space={space}
                spaces={spaces}
                manages={mayManage(entry)}
                onGone={entry.id === open ? close : nothing}
              />
            )}
          />
          {!isDesk && <PhotoSetting />}
        </div>
        {isWide && open !== undefined && <div className={styles.pane}>{view(true)}</div>}
      </div>
      {!isDesk && (
        <div className={styles.foot}>
          <Room room={space.room} isBrief />
          <NewFolder bare variant="quiet" goal={goal} />
          <AddButton icon="plus" goal={goal} />
        </div>
      )}
    </Screen>
  )
}

const nothing = () => undefined
