import type { OwnTask } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { keepWrite } from '../../platform/outbox/keep-write.ts'
import { serverDate } from '../../platform/server-time.ts'
import { toast } from '../../ui/toast.tsx'
import { texts } from '../texts.ts'
import { writes } from '../writes.ts'

/**
 * Keeps a task of one's own, or changes it: shown at once, and sent as soon as there is a network. Resolves to false if the
 * device cannot keep it and it is not sent yet.
 */
export const keepTask = ({ id, ...body }: OwnTask): Promise<boolean> =>
  keepWrite(writes.keepTask, { params: { task: id }, body }, body.title)

/** Ticks and removes tasks of one's own; a removal can be undone. */
export const useOwnTasks = () => {
  const t = useTexts(texts)
  return {
    onOwnTask: ({ doneAt: _, ...task }: OwnTask, isDone: boolean) =>
      void keepTask({ ...task, ...(isDone && { doneAt: serverDate().toISOString() }) }),
    onRemoveTask: (task: OwnTask) => {
      void keepWrite(writes.removeTask, { params: { task: task.id } }, task.title)
      toast({ text: t('work.task.removed'), undo: () => void keepTask(task) })
    },
  }
}
