import {
  type attachmentPatterns,
  attachmentsFor,
  attachmentsOf,
  corrected,
  itemOfPlace,
} from '../documents/attachments.ts'
import type { Change } from '../platform/delivery.ts'
import { mediaSecret } from '../platform/media.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import type { deliveryAccess } from './access.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import type { NewsPlatform } from './relations.ts'

/** Whose places these are. */
export const feature = 'news'

type PlacePattern = (typeof attachmentPatterns)['place']

/** The news item of a change: of itself, or of a row by which one of its files hangs there; undefined: of another feature. */
export const newsOfChange = ({ args }: Change<(typeof newsPatterns)['news'] | PlacePattern>): string | undefined =>
  'news' in args ? args.news : itemOfPlace(feature, args)

/** Makes what a news item knows of its files what they are now. The version stays: nobody has edited it. */
export const correctNews = async ({ table }: Background<typeof deliveryAccess>, news: string): Promise<void> => {
  const item = await table.get(newsPatterns.news, { news }, { consistent: true })
  const attachments = item?.attachments && (await corrected(table, item.attachments))
  if (!item || !attachments) return
  // Refused if it was edited meanwhile: that change has it corrected again.
  await table.applyIf(
    update('news', newsPatterns.news, { news }, { set: { attachments } }, { is: { version: item.version } }),
  )
}

type Hanging = Pick<NewsItem, 'attachments'>

/** With the addresses of files for the members of an audience, under the secret of such addresses. */
export const linkedFor = <Of extends Hanging>(secret: string, audience: string, { attachments, ...item }: Of) => ({
  ...item,
  ...(attachments && { attachments: attachmentsFor(secret, audience, attachments) }),
})

/** With addresses of files that are good for one person, whom the edge does not know as a member. */
export const linkedOwn = async <Of extends Hanging>(
  { keys, now }: Pick<NewsPlatform, 'keys' | 'now'>,
  person: string,
  { attachments, ...item }: Of,
) => ({
  ...item,
  ...(attachments && { attachments: attachmentsOf(mediaSecret(await keys.current()), person, now(), attachments) }),
})
