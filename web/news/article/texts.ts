import type { newsProblems } from '../../../shared/news/contract.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'

/** Why somebody cannot sign. The other problems of the feature are explained in compose/texts.ts. */
export type SigningProblems = Pick<typeof newsProblems, 'nothing-to-sign'>

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
    'failure.nothing-to-sign': 'Votre signature n’est pas demandée ici.',
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
    'failure.nothing-to-sign': 'No signature is asked of you here.',
  },
})
