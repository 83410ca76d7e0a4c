import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of the files of hand-ins. */
export const texts = catalogue({
  fr: {
    'work.handIn.files': 'Fichiers rendus',
    'work.handIn.files.hash': 'Empreinte (SHA-256)\u00a0: {hash}',
    'work.handIn.files.stay': 'Vos fichiers sont en préparation\u00a0: gardez cette page ouverte un instant.',
    'work.handIn.files.missing': 'Joignez vos photos, ou écrivez votre travail, avant de le rendre.',
  },
  en: {
    'work.handIn.files': 'Files handed in',
    'work.handIn.files.hash': 'Hash (SHA-256): {hash}',
    'work.handIn.files.stay': 'Your files are being prepared: keep this page open for a moment.',
    'work.handIn.files.missing': 'Attach your photos, or write your work, before you hand it in.',
  },
})
