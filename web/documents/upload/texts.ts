import type { documentsProblems } from '../../../shared/documents/contract.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'

/** Texts of sending files. */
export const texts = catalogue({
  fr: {
    'documents.upload.add': 'Ajouter',
    'documents.upload.list': 'Envois',
    'documents.upload.left':
      '{count, plural, =0 {Aucun envoi en cours} one {# envoi en cours} other {# envois en cours}}',
    'documents.upload.waiting': 'en attente',
    'documents.upload.preparing': 'préparation',
    'documents.upload.arriving': 'vérification',
    'documents.upload.sent': '{sent} sur {length}',
    'documents.upload.offline': 'Pas de réseau\u00a0: l’envoi reprendra dès qu’il y en aura.',
    'documents.upload.retry': 'Réessayer',
    'documents.upload.as-is': 'Envoyer telle quelle',
    'documents.upload.cancel': 'Arrêter l’envoi de {name}',
    'documents.upload.forget': 'Ne plus afficher {name}',
    'documents.upload.originals': 'Garder les photos d’origine',
    'documents.upload.originals.hint':
      'Sinon elles sont envoyées plus petites, et sans le lieu où elles ont été prises.',
    'documents.upload.file-too-large': 'Ce fichier fait {needed}\u00a0; le plus grand accepté ici fait {rest}.',
    'documents.upload.space-full': 'Ce fichier fait {needed}\u00a0; il ne reste que {rest} dans cet espace.',
    'failure.file-too-large': 'Ce fichier est plus grand que ce qui est accepté ici.',
    'failure.space-full': 'Il n’y a plus assez de place dans cet espace. Mettez quelque chose à la corbeille.',
    'failure.too-many-documents': 'Il y a trop de documents dans cet espace. Mettez-en à la corbeille d’abord.',
    'failure.not-a-folder': 'Ce dossier n’est plus là, ou se trouve dans ce que vous déplacez.',
    'failure.folder-not-empty': 'Ce dossier contient encore des documents. Déplacez-les ou retirez-les d’abord.',
    'failure.upload-not-complete':
      'Une partie du fichier n’est pas arrivée. Réessayez\u00a0: seul ce qui manque repart.',
    'failure.not-served': 'Ce document n’est pas disponible\u00a0: il est en cours d’analyse, ou infecté.',
    'documents.upload.photo-unreadable':
      'Ce navigateur ne sait pas lire cette photo (format HEIC, par exemple). Choisissez-en une copie en JPEG, ou envoyez-la telle quelle\u00a0: tous ne pourront pas l’ouvrir.',
    'documents.upload.file-unreadable':
      'Ce fichier ne peut pas être lu. Est-ce un dossier, ou a-t-il été déplacé\u00a0?',
    'documents.upload.refused-type': 'Le contenu de ce fichier ne correspond pas à son type. Il a été refusé.',
    'documents.upload.refused-damaged': 'Ce fichier est arrivé abîmé. Réessayez.',
    'documents.upload.late': 'Le fichier est bien parti. Il s’affichera dans cet espace dès qu’il aura été vérifié.',
  } satisfies FailureTexts<typeof documentsProblems>,
  en: {
    'documents.upload.add': 'Add',
    'documents.upload.list': 'Files being sent',
    'documents.upload.left':
      '{count, plural, =0 {No file is being sent} one {# file is being sent} other {# files are being sent}}',
    'documents.upload.waiting': 'waiting',
    'documents.upload.preparing': 'preparing',
    'documents.upload.arriving': 'checking',
    'documents.upload.sent': '{sent} of {length}',
    'documents.upload.offline': 'No network: this goes on as soon as there is one.',
    'documents.upload.retry': 'Try again',
    'documents.upload.as-is': 'Send it as it is',
    'documents.upload.cancel': 'Stop sending {name}',
    'documents.upload.forget': 'Do not show {name} any more',
    'documents.upload.originals': 'Keep original photos',
    'documents.upload.originals.hint': 'Otherwise they are sent smaller, and without the place where they were taken.',
    'documents.upload.file-too-large': 'This file has {needed}; the largest taken here has {rest}.',
    'documents.upload.space-full': 'This file has {needed}; only {rest} are left in this space.',
    'failure.file-too-large': 'This file is larger than what is taken here.',
    'failure.space-full': 'There is not enough room left in this space. Move something to the trash.',
    'failure.too-many-documents': 'There are too many documents in this space. Move some to the trash first.',
    'failure.not-a-folder': 'This folder is gone, or is within what you move.',
    'failure.folder-not-empty': 'There are still documents in this folder. Move or remove them first.',
    'failure.upload-not-complete': 'A part of the file did not arrive. Try again: only what is missing is sent.',
    'failure.not-served': 'This document is not available: it is being scanned, or infected.',
    'documents.upload.photo-unreadable':
      'This browser cannot read this photo (HEIC, for example). Choose a JPEG copy of it, or send it as it is: not everybody will be able to open it.',
    'documents.upload.file-unreadable': 'This file cannot be read. Is it a folder, or was it moved?',
    'documents.upload.refused-type': 'What is in this file does not fit its type. It was refused.',
    'documents.upload.refused-damaged': 'This file arrived damaged. Try again.',
    'documents.upload.late': 'The file was sent. It is shown in this space as soon as it has been checked.',
  },
})
