import type { newsProblems } from '../../../shared/news/contract.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'

/** Why somebody cannot sign. The other problems of the feature are explained in compose/texts.ts. */
export type SigningProblems = Pick<
  typeof newsProblems,
  'nothing-to-sign' | 'text-changed' | 'answer-not-asked' | 'deadline-passed'
>

/** An open item, and signing it. */
export const texts = catalogue({
  fr: {
    'news.row.pinned': 'Épinglée',
    'news.follow': 'Suivre les lectures',
    'news.sign.title': 'Votre signature est demandée',
    'news.sign.each': 'Chaque responsable signe ce mot.',
    'news.sign.once': 'Une signature par enfant suffit.',
    'news.sign': 'Signer',
    'news.sign.for': 'Signer pour {child}',
    'news.signed.at': 'Signé {when}',
    'news.signed.for': 'Signé pour {child}',
    'news.reminded': 'L’auteur vous rappelle de lire cette actualité.',
    'news.reminded.sign': 'L’auteur vous rappelle de signer ce mot.',
    'news.concerns': 'Concerne',
    'news.changed.reading': 'Le texte vient de changer ({when}).',
    'news.changed.seen': 'Le texte a changé depuis que vous l’avez lu ({when}).',
    'news.changed.signed': 'Le texte a changé depuis que vous l’avez signé ({when}).',
    'news.changed.again': 'Votre signature est de nouveau demandée.',
    'news.changed.show': 'Voir le texte d’avant',
    'news.changed.hide': 'Masquer le texte d’avant',
    'news.changed.former': 'Texte d’avant, remplacé',
    'failure.text-changed': 'Le texte a changé depuis que vous l’avez ouvert\u00a0: relisez-le avant de signer.',
    'failure.nothing-to-sign': 'Votre signature n’est pas demandée ici.',
    'failure.answer-not-asked': 'Ce mot attend une réponse que cette page n’a pas donnée. Rechargez-la, puis répondez.',
    'failure.deadline-passed': 'La date limite est passée\u00a0: on ne peut plus répondre. Écrivez à l’établissement.',
  } satisfies FailureTexts<SigningProblems>,
  en: {
    'news.row.pinned': 'Pinned',
    'news.follow': 'Follow who has read it',
    'news.sign.title': 'Your signature is asked for',
    'news.sign.each': 'Each guardian signs this notice.',
    'news.sign.once': 'One signature for each child is enough.',
    'news.sign': 'Sign',
    'news.sign.for': 'Sign for {child}',
    'news.signed.at': 'Signed {when}',
    'news.signed.for': 'Signed for {child}',
    'news.reminded': 'The author reminds you to read this.',
    'news.reminded.sign': 'The author reminds you to sign this notice.',
    'news.concerns': 'Concerns',
    'news.changed.reading': 'The text has just changed ({when}).',
    'news.changed.seen': 'The text has changed since you read it ({when}).',
    'news.changed.signed': 'The text has changed since you signed it ({when}).',
    'news.changed.again': 'Your signature is asked for again.',
    'news.changed.show': 'Show the former text',
    'news.changed.hide': 'Hide the former text',
    'news.changed.former': 'Former text, replaced',
    'failure.text-changed': 'The text has changed since you opened it: read it again before you sign.',
    'failure.nothing-to-sign': 'No signature is asked of you here.',
    'failure.answer-not-asked': 'This notice awaits an answer that this page did not give. Reload it, then answer.',
    'failure.deadline-passed': 'The deadline has passed: nothing can be answered any more. Ask the school.',
  },
})
