import { catalogue } from '../../platform/catalogue.ts'

/** Texts of saving what no scanner can look into. */
export const texts = catalogue({
  fr: {
    'ui.file.unscanned.offer': 'Télécharger sans analyse',
    'ui.file.unscanned.offer.title': 'Ce document n’a pas pu être analysé',
    'ui.file.unscanned.offer.words':
      'Protégé par un mot de passe ou trop complexe, il n’a pas été vérifié\u00a0: il peut contenir un virus. Ne l’ouvrez que si vous savez de qui il vient. Les élèves ne peuvent pas le télécharger.',
    'ui.file.unscanned.offer.save': 'Télécharger quand même',
  },
  en: {
    'ui.file.unscanned.offer': 'Download without a scan',
    'ui.file.unscanned.offer.title': 'This document could not be scanned',
    'ui.file.unscanned.offer.words':
      'It is protected by a password or too complex, and was not checked: it may hold malware. Open it only if you know whom it comes from. Pupils cannot download it.',
    'ui.file.unscanned.offer.save': 'Download all the same',
  },
})
