import { catalogue } from '../../platform/catalogue.ts'

/** The texts of one row, apart from those of the list because Home shows rows too. */
export const texts = catalogue({
  fr: {
    'news.row.urgent': 'Urgent',
    'news.row.unread': 'Non lue',
    'news.row.toSign': 'À signer',
    'news.row.signed': 'Signé',
    'news.row.reminded': 'Rappel',
    'news.row.changed': 'Modifiée',
    'news.row.before': 'avant {when}',
  },
  en: {
    'news.row.urgent': 'Urgent',
    'news.row.unread': 'Unread',
    'news.row.toSign': 'To sign',
    'news.row.signed': 'Signed',
    'news.row.reminded': 'Reminder',
    'news.row.changed': 'Changed',
    'news.row.before': 'before {when}',
  },
})
