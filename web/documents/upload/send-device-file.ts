import { fail, ok } from '../../../shared/kernel/result.ts'
import { queryClient } from '../../platform/content.ts'
import type { SendFile } from '../../platform/device-files/files.ts'
import { isUnanswered } from '../../platform/outbox/outbox.ts'
import { noteWritten } from '../data/written.ts'
import { type Sending, send } from './send.ts'

/** What this page knows of files whose last attempt was cut, by their keys: the next one goes on where that is possible. */
const cut = new Map<string, Sending>()

/** Sends a file that is kept on this device to its person's own space. It was made smaller before it was kept. */
export const sendDeviceFile: SendFile = async (file, { key, person }, telling) => {
  const sending: Sending = cut.get(key) ?? { goal: { space: 'mine' }, file, asIs: true, key, parts: new Set() }
  const failure = await send(sending, { ...telling, person })
  if (failure && (failure.type === 'late' || isUnanswered(failure))) cut.set(key, sending)
  else cut.delete(key)
  const { arrived } = sending
  if (failure || !arrived) return fail(failure ?? { type: 'unexpected' })
  void noteWritten(queryClient, sending.goal.space)
  return ok(arrived.id)
}
