import type { OwnTask } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { toast } from '../../ui/toast.tsx'
import { texts } from '../texts.ts'
import { writes } from '../writes.ts'

/** Keeps and removes tasks of one's own; a removal can be undone. */
export const useOwnTasks = () => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const keeping = useWrite(writes.keepTask)
  const removing = useWrite(writes.removeTask)
  const onFailed = (failure: Parameters<typeof words>[0]) => toast({ text: words(failure) })
  const keep = ({ id, ...body }: OwnTask) => keeping.send({ params: { task: id }, body }, { onFailed })
  return {
    onOwnTask: ({ doneAt: _, ...task }: OwnTask, isDone: boolean) =>
      keep({ ...task, ...(isDone && { doneAt: serverDate().toISOString() }) }),
    onRemoveTask: (task: OwnTask) =>
      removing.send(
        { params: { task: task.id } },
        { onDone: () => toast({ text: t('work.task.removed'), undo: () => keep(task) }), onFailed },
      ),
  }
}
