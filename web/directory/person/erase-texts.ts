import type { erasingProblems } from '../../../shared/directory/problems.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'

/** The end of an account on the page of a person, and why it is not possible yet. */
export const texts = catalogue({
  fr: {
    'directory.erase': 'Effacer',
    'directory.erase.active':
      'L’annuaire importé décrit cette personne\u00a0: son compte ne peut pas être effacé. Une fois retirée de l’annuaire, elle perd son accès, et vous pourrez l’effacer ici. Sans demande, elle l’est d’elle-même après le délai prévu par le territoire.',
    'directory.erase.possible':
      'Cette personne a quitté l’établissement. Sans demande, elle est effacée d’elle-même après le délai prévu par le territoire.',
    'directory.erase.elsewhere':
      'Cette personne a aussi été dans un établissement que vous ne dirigez pas\u00a0: seul le gestionnaire du territoire peut l’effacer.',
    'directory.erase.open': 'Effacer cette personne',
    'directory.erase.title': 'Effacer {name}\u00a0?',
    'directory.erase.no-way-back': 'Il n’y a pas de retour possible.',
    'directory.erase.goes': 'Ce qui est effacé',
    'directory.erase.goes.account': 'Tout de suite\u00a0: son compte, son identifiant, son mot de passe et ses codes.',
    'directory.erase.goes.directory':
      'Dans les heures qui suivent\u00a0: sa fiche, ses classes, ses liens avec des élèves ou des responsables, les décisions sur ses accès.',
    'directory.erase.goes.own':
      'Dans les heures qui suivent\u00a0: ce que la personne a lu, signé, répondu, coché ou rendu pour elle-même, ses documents, ses brouillons.',
    'directory.erase.stays': 'Ce qui reste, et pourquoi',
    'directory.erase.stays.published':
      'Ce qu’elle a publié ou donné à faire, sous le nom de l’établissement ou sans nom\u00a0: les classes en ont besoin. Si un texte la nomme, corrigez-le.',
    'directory.erase.stays.signed':
      'Les signatures et réponses données pour un élève encore présent, sans le nom de qui les a données\u00a0: l’établissement doit pouvoir les montrer.',
    'directory.erase.stays.placed':
      'Les fichiers placés dans l’espace d’une classe, sans son nom\u00a0: la classe s’en sert.',
    'directory.erase.stays.backups':
      'Les sauvegardes, 35 jours, et les fichiers de l’annuaire, 30 jours\u00a0: pour rétablir l’espace après une panne. Ils disparaissent ensuite d’eux-mêmes.',
    'directory.erase.stays.note':
      'Dans votre propre historique, que vous avez effacé une personne, sans dire laquelle.',
    'directory.erase.name': 'Pour confirmer, écrivez son nom\u00a0: {name}',
    'directory.erase.name.wrong': 'Ce n’est pas ce nom. Écrivez\u00a0: {name}',
    'directory.erase.do': 'Effacer définitivement',
    'directory.erase.done':
      'Le compte est effacé. Les traces de la personne disparaissent dans les heures qui suivent.',
    'failure.still-described':
      'L’annuaire importé décrit encore cette personne, sans lui donner d’accès\u00a0: la livraison suivante la ramènerait. Faites-la d’abord retirer de l’annuaire de l’académie.',
    'failure.still-named':
      'L’annuaire importé nomme encore cette personne comme responsable d’un élève\u00a0: la livraison suivante la ramènerait. Faites d’abord corriger la fiche de l’élève.',
    'failure.key-in-question':
      'Une importation demande si cette personne est celle qui porte maintenant son identifiant. Le gestionnaire du territoire doit d’abord répondre.',
  } satisfies FailureTexts<typeof erasingProblems>,
  en: {
    'directory.erase': 'Erasing',
    'directory.erase.active':
      'The imported directory describes this person: their account cannot be erased. Once they are taken out of the directory they lose their access, and you can erase them here. Without a request they are erased by themselves after the territory’s period.',
    'directory.erase.possible':
      'This person has left the school. Without a request they are erased by themselves after the territory’s period.',
    'directory.erase.elsewhere':
      'This person was also in a school that you do not run: only the operator of the territory can erase them.',
    'directory.erase.open': 'Erase this person',
    'directory.erase.title': 'Erase {name}?',
    'directory.erase.no-way-back': 'There is no way back.',
    'directory.erase.goes': 'What is erased',
    'directory.erase.goes.account': 'At once: their account, login, password and codes.',
    'directory.erase.goes.directory':
      'Within hours: their record, classes, links with pupils or guardians, decisions on their access.',
    'directory.erase.goes.own':
      'Within hours: what they have read, signed, answered, ticked or handed in for themselves, their documents and drafts.',
    'directory.erase.stays': 'What stays, and why',
    'directory.erase.stays.published':
      'What they published or set, under the school’s name or without a name: classes need it. If a text names them, edit it.',
    'directory.erase.stays.signed':
      'Signatures and answers given for a pupil who is still here, without the name of who gave them: the school must be able to show them.',
    'directory.erase.stays.placed': 'Files placed in the space of a class, without their name: the class uses them.',
    'directory.erase.stays.backups':
      'Backups, for 35 days, and files of the directory, for 30: to restore the service after a failure. They then go by themselves.',
    'directory.erase.stays.note': 'In your own history, that you erased somebody, and not whom.',
    'directory.erase.name': 'To confirm, type their name: {name}',
    'directory.erase.name.wrong': 'This is not that name. Type: {name}',
    'directory.erase.do': 'Erase for good',
    'directory.erase.done': 'The account is erased. What is left of the person goes within hours.',
    'failure.still-described':
      'The imported directory describes this person still, without giving them access: the next delivery would bring them back. Have them taken out of the académie’s directory first.',
    'failure.still-named':
      'The imported directory names this person as guardian of a pupil still: the next delivery would bring them back. Have the pupil’s record put right first.',
    'failure.key-in-question':
      'An import asks whether this person is who has their key now. The operator of the territory has to answer that first.',
  },
})
