import { catalogue } from '../platform/catalogue.ts'

/** The legal notice. */
export const texts = catalogue(
  {
    fr: {
      'about.legal': 'Mentions légales',
      'about.legal.lead':
        'Informations dues au public par la loi n°\u00a02004-575 du 21 juin 2004 pour la confiance dans l’économie numérique.',
      'about.legal.publisher': 'Éditeur',
      'about.legal.number': 'Immatriculation',
      'about.legal.publication': 'Publication',
      'about.legal.director': 'Directeur de la publication',
      'about.legal.host': 'Hébergeur',
      'about.legal.software': 'Le logiciel',
      'about.legal.licence':
        'Préau est un logiciel libre, sous licence AGPL-3.0-or-later\u00a0: chacun peut l’étudier, le modifier et le partager.',
      'about.legal.source': 'Code source de cette version',
      'about.legal.font': 'Caractères\u00a0: Atkinson Hyperlegible Next, du Braille Institute (licence SIL OFL 1.1).',
      'about.legal.passwords':
        'Mots de passe refusés\u00a0: d’après les listes du projet OWASP SecLists (licence CC BY-SA 3.0).',
      'about.legal.content':
        'Les actualités sont écrites et publiées par les établissements, sous le nom de leur auteur.',
    },
    en: {
      'about.legal': 'Legal notice',
      'about.legal.lead': 'What the French law no. 2004-575 of 21 June 2004 asks a service to tell the public.',
      'about.legal.publisher': 'Publisher',
      'about.legal.number': 'Registration',
      'about.legal.publication': 'Publication',
      'about.legal.director': 'Director of publication',
      'about.legal.host': 'Host',
      'about.legal.software': 'The software',
      'about.legal.licence':
        'Préau is free software under the licence AGPL-3.0-or-later: anybody may study, change and share it.',
      'about.legal.source': 'Source of this version',
      'about.legal.font': 'Typeface: Atkinson Hyperlegible Next, by the Braille Institute (SIL OFL 1.1).',
      'about.legal.passwords': 'Refused passwords: after the lists of the project OWASP SecLists (CC BY-SA 3.0).',
      'about.legal.content': 'News are written and published by the schools, under the name of their author.',
    },
  },
  { apart: true },
)
