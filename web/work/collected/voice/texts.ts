import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of recording a remark. */
export const texts = catalogue({
  fr: {
    'work.voice.name': 'Remarque vocale',
    'work.voice.record': 'Enregistrer une remarque',
    'work.voice.stop': 'Arrêter\u00a0: {at} sur {most}',
    'work.voice.open': 'Le micro est ouvert.',
    'work.voice.denied':
      'Le micro est refusé. Autorisez-le pour ce site dans les réglages du navigateur, puis essayez encore\u00a0; ou joignez un fichier de son.',
    'work.voice.missing': 'Aucun micro n’est trouvé. Branchez-en un, ou joignez un fichier de son.',
    'work.voice.failed':
      'Le micro ne répond pas. Fermez les autres applications qui l’utilisent, ou joignez un fichier de son.',
    'work.voice.none': 'Ce navigateur n’enregistre pas de son\u00a0: pour parler à l’élève, joignez un fichier de son.',
  },
  en: {
    'work.voice.name': 'Voice remark',
    'work.voice.record': 'Record a remark',
    'work.voice.stop': 'Stop: {at} of {most}',
    'work.voice.open': 'The microphone is open.',
    'work.voice.denied':
      'The microphone is refused. Allow it for this site in the browser’s settings and try again, or attach a sound file.',
    'work.voice.missing': 'No microphone is found. Connect one, or attach a sound file.',
    'work.voice.failed':
      'The microphone does not respond. Close other applications that use it, or attach a sound file.',
    'work.voice.none': 'This browser does not record sound: to speak to the pupil, attach a sound file.',
  },
})
