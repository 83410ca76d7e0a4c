import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of the news. */
export const texts = catalogue({
  fr: {
    'news.home.write': 'Écrire une actualité',
    'news.home.all': 'Toutes les actualités',
    'news.home.urgent': 'Urgent',
    'news.home.by': '{name}, {when}',
    'news.home.i-read': 'J’ai lu',
    'news.home.read': 'lu',
    'news.home.open': 'Tout lire',
    'news.home.read-and-sign': 'Lire et signer',
    'news.home.signed': 'Signé\u00a0: {title}',
    'news.home.to-sign': '{count, plural, =0 {Rien à signer} other {# à signer}}',
    'news.home.to-sign-some': 'À signer',
    'news.home.to-read': '{count, plural, =0 {Tout est lu} other {# à lire}}',
    'news.home.to-read-recent':
      '{count, plural, =0 {Les récentes sont lues} one {# récente à lire} other {# récentes à lire}}',
  },
  en: {
    'news.home.write': 'Write a news item',
    'news.home.all': 'All the news',
    'news.home.urgent': 'Urgent',
    'news.home.by': '{name}, {when}',
    'news.home.i-read': 'I have read it',
    'news.home.read': 'read',
    'news.home.open': 'Read all of it',
    'news.home.read-and-sign': 'Read and sign',
    'news.home.signed': 'Signed: {title}',
    'news.home.to-sign': '{count, plural, =0 {Nothing to sign} other {# to sign}}',
    'news.home.to-sign-some': 'To sign',
    'news.home.to-read': '{count, plural, =0 {All read} other {# to read}}',
    'news.home.to-read-recent':
      '{count, plural, =0 {Recent ones read} one {# recent to read} other {# recent to read}}',
  },
})
