import { catalogue } from '../../platform/catalogue.ts'

/** Texts of an open document. */
export const texts = catalogue({
  fr: {
    'documents.placed': 'déposé par {who}, {when}',
    'documents.placed.own': 'déposé par vous, {when}',
    'documents.save': 'Télécharger',
    'documents.scan.clean': 'analysé, sain',
    'documents.scan.waiting.words':
      'Il pourra être ouvert dès qu’il aura été analysé\u00a0: d’ordinaire en une minute.',
    'documents.scan.unscannable.words':
      'Protégé par un mot de passe ou trop complexe, il n’a pas pu être vérifié. Seuls les adultes peuvent le télécharger.',
    'documents.scan.infected.words':
      'Il contient un virus et personne ne peut l’ouvrir. Mettez-le à la corbeille, et vérifiez l’appareil d’où il vient.',
  },
  en: {
    'documents.placed': 'placed by {who}, {when}',
    'documents.placed.own': 'placed by you, {when}',
    'documents.save': 'Download',
    'documents.scan.clean': 'scanned, clean',
    'documents.scan.waiting.words': 'It can be opened once it has been scanned: usually within a minute.',
    'documents.scan.unscannable.words':
      'It is protected by a password or too complex, and could not be checked. Only adults can download it.',
    'documents.scan.infected.words':
      'It holds malware, and nobody can open it. Move it to the trash, and check the device it comes from.',
  },
})
