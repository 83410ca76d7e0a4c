import type { DragEvent } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { toast } from '../../ui/toast.tsx'
import { texts } from '../acts/texts.ts'
import type { ShownEntry } from '../data/order.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { writes } from '../writes.ts'

/** What a drag carries of a document or folder, by which it is told from files of the device. */
const carried = 'application/x-preau-document'

const holds = ({ dataTransfer }: DragEvent, type: string): boolean => [...dataTransfer.types].includes(type)

/** Moving by dragging: a short way beside the act « Déplacer », which is the keyboard's and the finger's. */
export const useDragging = (space: ReaderSpace['id']) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const changing = useWrite(writes.change)
  const move = (entry: string, folder: string | undefined, name: string, before: string | undefined) => {
    const params = { space, entry }
    const onFailed = (failure: Parameters<typeof words>[0]) => toast({ text: words(failure) })
    const undo = () => changing.send({ params, body: { folder: before ?? null } }, { onFailed })
    changing.send(
      { params, body: { folder: folder ?? null } },
      { onDone: () => toast({ text: t('documents.moved', { name }), undo }), onFailed },
    )
  }
  return {
    /** Of a row that one may move. */
    from: ({ id, name, folder }: ShownEntry) => ({
      draggable: true,
      onDragStart: ({ dataTransfer }: DragEvent) => {
        dataTransfer.effectAllowed = 'move'
        dataTransfer.setData(carried, JSON.stringify({ id, name, folder }))
      },
    }),
    /** Of a folder, or the space itself, that takes what is let go over it. */
    to: (folder: string | undefined) => ({
      onDragOver: (event: DragEvent) => {
        if (holds(event, carried)) event.preventDefault()
      },
      onDrop: (event: DragEvent) => {
        if (!holds(event, carried)) return
        event.preventDefault()
        event.stopPropagation()
        const moved: Pick<ShownEntry, 'id' | 'name' | 'folder'> = JSON.parse(event.dataTransfer.getData(carried))
        if (moved.id !== folder && moved.folder !== folder) move(moved.id, folder, moved.name, moved.folder)
      },
    }),
  }
}

/** Files of the device that are let go over a part of the page. */
export const fileDrop = (onFiles: (files: readonly File[]) => void) => ({
  onDragOver: (event: DragEvent) => {
    if (holds(event, 'Files')) event.preventDefault()
  },
  onDrop: (event: DragEvent) => {
    if (!holds(event, 'Files')) return
    event.preventDefault()
    onFiles([...event.dataTransfer.files])
  },
})
