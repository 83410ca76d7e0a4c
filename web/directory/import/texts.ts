import type { importProblems } from '../../../shared/directory/problems.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'

/** The page Import. Reasons of what was refused: reason-texts.ts. */
export const texts = catalogue({
  fr: {
    'directory.import.title': 'Imports',
    'directory.import.back': 'Imports',
    'directory.import.list': 'Imports de l’établissement',
    'directory.import.school': 'Établissement',
    'directory.import.none': 'Aucun import pour l’instant',
    'directory.import.none.hint': 'Le premier apparaîtra ici dès que l’académie aura livré un fichier.',
    'directory.import.of': 'Fichier arrivé {when}',
    'directory.import.row.held': 'retenu\u00a0: à confirmer',
    'directory.import.row.refused': 'refusé, rien n’a changé',
    'directory.import.row.running': 'confirmé, en cours',
    'directory.import.row.over': 'retenu, un import plus récent a suivi',
    'directory.import.row.same': 'rien n’a changé',
    'directory.import.row.arrived': '{count, plural, one {# arrivé} other {# arrivés}}',
    'directory.import.row.changed': '{count, plural, one {# changé} other {# changés}}',
    'directory.import.row.left': '{count, plural, one {# parti} other {# partis}}',
    'directory.import.row.findings': '{count, plural, one {# refusé} other {# refusés}}',
    'directory.import.row.undoes': 'annulation',
    'directory.import.missed': 'aucun fichier importé depuis {when}',
    'directory.import.state.open': 'à confirmer',
    'directory.import.state.done': 'fait',
    'directory.import.state.stopped': 'arrêté',
    'directory.import.done': 'fait, tout est en place',
    'directory.import.done.same': 'fait, rien n’a changé ici',
    'directory.import.mode.complete': 'fichier complet',
    'directory.import.mode.delta': 'fichier des changements',
    'directory.import.held': 'Retenu, rien n’a été touché',
    'directory.import.held.custody': 'Retenu\u00a0; seuls les accès de responsables que le fichier retire l’ont été',
    'directory.import.losing': 'Le fichier ferait partir {count, plural, one {une personne} other {# personnes}}',
    'directory.import.losing.of':
      'Le fichier ferait partir {lost, plural, one {une personne} other {# personnes}} sur {had, number}',
    'directory.import.loss.classes':
      '{lost, plural, one {Une personne sur {had, number} n’aurait plus de classe.} other {{lost, number} personnes sur {had, number} n’auraient plus de classe.}}',
    'directory.import.loss.guardian links':
      '{lost, plural, one {Un lien de responsable légal sur {had, number} serait retiré.} other {{lost, number} liens de responsable légal sur {had, number} seraient retirés.}}',
    'directory.import.loss.keys':
      '{lost, plural, one {Un identifiant sur {had, number} désignerait quelqu’un d’autre.} other {{lost, number} identifiants sur {had, number} désigneraient quelqu’un d’autre.}}',
    'directory.import.loss.role':
      '{lost, plural, one {Une personne sur {had, number} perdrait son rôle dans l’établissement.} other {{lost, number} personnes sur {had, number} perdraient leur rôle dans l’établissement.}}',
    'directory.import.held.other': 'Le fichier retirerait beaucoup d’accès',
    'directory.import.another-source': 'Un autre fichier décrit maintenant cet établissement',
    'directory.import.another-source.why':
      'Jusqu’ici, l’établissement venait d’une autre source. Confirmer le fait passer à celle-ci\u00a0: qui n’y figure pas part. Pour revenir en arrière, il faudra confirmer le prochain fichier de l’ancienne source.',
    'directory.import.classes':
      '{count, plural, one {La classe {names} y manque entièrement.} other {Les classes {names} y manquent entièrement.}}',
    'directory.import.likely':
      'Le plus souvent, c’est un fichier incomplet. Sans réponse, les comptes restent ouverts et l’import de la nuit prochaine repassera.',
    'directory.import.refuse': '{count, plural, one {Refuser, garder le compte} other {Refuser, garder les # comptes}}',
    'directory.import.refuse.plain': 'Refuser, ne rien changer',
    'directory.import.see': '{count, plural, one {Voir le nom} other {Voir les # noms}}',
    'directory.import.confirm': 'Confirmer les départs',
    'directory.import.confirm.plain': 'Confirmer l’import',
    'directory.import.confirm.title': 'Importer ce fichier malgré ce qu’il retire\u00a0?',
    'directory.import.confirm.why':
      '{count, plural, =0 {Les accès retirés le sont dès l’import.} one {Une personne quitte l’établissement\u00a0: son compte est suspendu.} other {# personnes quittent l’établissement\u00a0: leurs comptes sont suspendus, sauf dans leurs autres établissements.}} Vous pourrez annuler pendant 30\u00a0jours.',
    'directory.import.confirm.why.moves':
      'Ce changement de source ne s’annule pas ici\u00a0: pour revenir en arrière, il faudra confirmer le prochain fichier de l’ancienne source.',
    'directory.import.keep': 'Ne rien changer',
    'directory.import.refused': 'Refusé par {by}, {when}. Les comptes restent ouverts. La confirmation reste possible.',
    'directory.import.running': 'Confirmé par {by}, {when}. L’import est en cours\u00a0: quelques minutes au plus.',
    'directory.import.failed':
      'Confirmé par {by}, {when}, mais l’import n’a pas pu se faire. Réessayez, ou attendez la nuit prochaine.',
    'directory.import.over': 'Un import plus récent a décidé depuis\u00a0: il n’y a plus rien à répondre ici.',
    'directory.import.confirmed': 'Importé après confirmation.',
    'directory.import.moved':
      'L’établissement vient depuis d’une autre source, ce qui ne s’annule pas ici. Pour y revenir\u00a0: le prochain fichier de l’ancienne source sera retenu, confirmez-le. Les comptes d’avant sont alors rendus.',
    'directory.import.report': 'Le compte rendu',
    'directory.import.report.of': 'Compte rendu de l’import du fichier arrivé le {date} à {time}',
    'directory.import.report.file': 'compte-rendu-import-{date}.txt',
    'directory.import.undo': 'Annuler cet import',
    'directory.import.undo.until': 'Possible jusqu’au {date}.',
    'directory.import.undo.title': 'Remettre l’établissement comme avant cet import\u00a0?',
    'directory.import.undo.why':
      'Les partis reviennent avec leurs classes, leurs rôles et leurs responsables\u00a0; les arrivés repartent. Qui a changé depuis par un autre import reste tel quel.',
    'directory.import.undone': 'Annulé par {by}, {when}.',
    'directory.import.undoing':
      'Annulé par {by}, {when}. La remise en place est en cours\u00a0: quelques minutes au plus.',
    'directory.import.undoes': 'L’établissement est remis comme avant le fichier arrivé {when}.',
    'directory.import.changed-since':
      '{count, plural, one {Une personne n’a pas été remise\u00a0: un import plus récent l’avait changée.} other {# personnes n’ont pas été remises\u00a0: un import plus récent les avait changées.}}',
    'directory.import.unnamed': 'Leurs noms ne sont pas listés ici\u00a0: ces personnes sont dans l’annuaire.',
    'directory.import.kind.arrived': '{count, plural, one {arrivé} other {arrivés}}',
    'directory.import.kind.moved': '{count, plural, one {changé de classe} other {changés de classe}}',
    'directory.import.kind.left':
      '{count, plural, one {parti, compte suspendu s’il n’est nulle part ailleurs} other {partis, comptes suspendus s’ils ne sont nulle part ailleurs}}',
    'directory.import.kind.other': '{count, plural, one {modifié autrement} other {modifiés autrement}}',
    'directory.import.kind.losing': '{count, plural, one {partirait} other {partiraient}}',
    'directory.import.others': '{count, plural, one {Voir l’autre} other {Voir les # autres}}',
    'directory.import.erased':
      '{count, plural, one {Une personne effacée depuis n’a plus de nom.} other {# personnes effacées depuis n’ont plus de nom.}}',
    'directory.import.is': '{role}, {classes}',
    'directory.import.moves': '{from} vers {to}',
    'directory.import.no-class': 'sans classe',
    'directory.import.role.pupil': 'élève',
    'directory.import.role.guardian': 'responsable',
    'directory.import.role.teacher': 'professeur',
    'directory.import.role.pupil-life': 'vie scolaire',
    'directory.import.role.staff': 'personnel',
    'directory.import.role.head': 'direction',
    'directory.import.role.administrator': 'administration',
    'directory.import.findings':
      '{count, plural, one {refusé ou à corriger dans l’annuaire} other {refusés ou à corriger dans l’annuaire}}',
    'directory.import.findings.how':
      'À corriger dans le logiciel de l’établissement, d’où vient le fichier\u00a0: l’import suivant le reprendra.',
    'directory.import.place': '{file}, ligne {line}',
    'directory.import.key': 'fiche {key}',
    'failure.import-not-open':
      'Cet import n’attend plus de réponse\u00a0: un autre a suivi, ou quelqu’un a déjà répondu.',
    'failure.import-not-undoable':
      'Cet import ne peut pas être annulé\u00a0: il n’a pas été confirmé ici, il a changé la source de l’établissement, il est déjà annulé, ou il a plus de 30\u00a0jours.',
  } satisfies FailureTexts<typeof importProblems>,
  en: {
    'directory.import.title': 'Imports',
    'directory.import.back': 'Imports',
    'directory.import.list': 'Imports of the school',
    'directory.import.school': 'School',
    'directory.import.none': 'No import yet',
    'directory.import.none.hint': 'The first one appears here once the authority has delivered a file.',
    'directory.import.of': 'File that came {when}',
    'directory.import.row.held': 'held: to confirm',
    'directory.import.row.refused': 'refused, nothing changed',
    'directory.import.row.running': 'confirmed, under way',
    'directory.import.row.over': 'held, a later import followed',
    'directory.import.row.same': 'nothing changed',
    'directory.import.row.arrived': '{count, plural, other {# arrived}}',
    'directory.import.row.changed': '{count, plural, other {# changed}}',
    'directory.import.row.left': '{count, plural, other {# left}}',
    'directory.import.row.findings': '{count, plural, other {# refused}}',
    'directory.import.row.undoes': 'undoing',
    'directory.import.missed': 'no file imported since {when}',
    'directory.import.state.open': 'to confirm',
    'directory.import.state.done': 'done',
    'directory.import.state.stopped': 'stopped',
    'directory.import.done': 'done, all is in place',
    'directory.import.done.same': 'done, nothing changed here',
    'directory.import.mode.complete': 'complete file',
    'directory.import.mode.delta': 'file of changes',
    'directory.import.held': 'Held, nothing was touched',
    'directory.import.held.custody': 'Held; only the access of guardians that the file takes away was taken',
    'directory.import.losing': 'The file would have {count, plural, one {one person} other {# people}} leave',
    'directory.import.losing.of': 'The file would have {lost, plural, one {#} other {#}} of {had, number} people leave',
    'directory.import.loss.classes':
      '{lost, plural, one {One of {had, number} people would have no class any more.} other {{lost, number} of {had, number} people would have no class any more.}}',
    'directory.import.loss.guardian links':
      '{lost, plural, one {One of {had, number} links to legal guardians would be taken away.} other {{lost, number} of {had, number} links to legal guardians would be taken away.}}',
    'directory.import.loss.keys':
      '{lost, plural, one {One of {had, number} keys would mean somebody else.} other {{lost, number} of {had, number} keys would mean somebody else.}}',
    'directory.import.loss.role':
      '{lost, plural, one {One of {had, number} people would lose their role in the school.} other {{lost, number} of {had, number} people would lose their role in the school.}}',
    'directory.import.held.other': 'The file would take much access away',
    'directory.import.another-source': 'Another file describes this school now',
    'directory.import.another-source.why':
      'So far the school came from another source. Confirming moves it to this one: who is not in it leaves. To go back, the next file of the former source will have to be confirmed.',
    'directory.import.classes':
      '{count, plural, one {The class {names} is missing from it altogether.} other {The classes {names} are missing from it altogether.}}',
    'directory.import.likely':
      'Most often the file is incomplete. Without an answer, accounts stay open and the import of next night tries again.',
    'directory.import.refuse': '{count, plural, one {Refuse, keep the account} other {Refuse, keep the # accounts}}',
    'directory.import.refuse.plain': 'Refuse, change nothing',
    'directory.import.see': '{count, plural, one {See the name} other {See the # names}}',
    'directory.import.confirm': 'Confirm that they leave',
    'directory.import.confirm.plain': 'Confirm the import',
    'directory.import.confirm.title': 'Import this file although it takes this away?',
    'directory.import.confirm.why':
      '{count, plural, =0 {What is taken away is so once it is imported.} one {One person leaves the school: their account is suspended.} other {# people leave the school: their accounts are suspended, but in their other schools.}} You can undo it for 30 days.',
    'directory.import.confirm.why.moves':
      'This change of source is not undone here: to go back, the next file of the former source will have to be confirmed.',
    'directory.import.keep': 'Change nothing',
    'directory.import.refused': 'Refused by {by}, {when}. Accounts stay open. It can still be confirmed.',
    'directory.import.running': 'Confirmed by {by}, {when}. The import is under way: a few minutes at most.',
    'directory.import.failed':
      'Confirmed by {by}, {when}, but it could not be imported. Try again, or wait for next night.',
    'directory.import.over': 'A later import has decided since: there is nothing to answer here any more.',
    'directory.import.confirmed': 'Imported after a confirmation.',
    'directory.import.moved':
      'The school has come from another source since, which is not undone here. To go back: the next file of the former source will be held, confirm it. The accounts of before are then given back.',
    'directory.import.report': 'The report',
    'directory.import.report.of': 'Report of the import of the file that came on {date}, {time}',
    'directory.import.report.file': 'import-report-{date}.txt',
    'directory.import.undo': 'Undo this import',
    'directory.import.undo.until': 'Possible until {date}.',
    'directory.import.undo.title': 'Put the school back as it was before this import?',
    'directory.import.undo.why':
      'Those who left come back with their classes, roles and guardians; those who arrived leave again. Whom another import changed since stays as they are.',
    'directory.import.undone': 'Undone by {by}, {when}.',
    'directory.import.undoing': 'Undone by {by}, {when}. Putting it back is under way: a few minutes at most.',
    'directory.import.undoes': 'The school is put back as it was before the file that came {when}.',
    'directory.import.changed-since':
      '{count, plural, one {One person was not put back: a later import had changed them.} other {# people were not put back: a later import had changed them.}}',
    'directory.import.unnamed': 'Their names are not listed here: these people are in the directory.',
    'directory.import.kind.arrived': '{count, plural, other {arrived}}',
    'directory.import.kind.moved': '{count, plural, other {changed class}}',
    'directory.import.kind.left':
      '{count, plural, one {left, account suspended unless in another school} other {left, accounts suspended unless in another school}}',
    'directory.import.kind.other': '{count, plural, other {changed otherwise}}',
    'directory.import.kind.losing': '{count, plural, other {would leave}}',
    'directory.import.others': '{count, plural, one {See the other} other {See the # others}}',
    'directory.import.erased':
      '{count, plural, one {One person erased since has no name any more.} other {# people erased since have no name any more.}}',
    'directory.import.is': '{role}, {classes}',
    'directory.import.moves': '{from} to {to}',
    'directory.import.no-class': 'no class',
    'directory.import.role.pupil': 'pupil',
    'directory.import.role.guardian': 'guardian',
    'directory.import.role.teacher': 'teacher',
    'directory.import.role.pupil-life': 'pupil support',
    'directory.import.role.staff': 'staff',
    'directory.import.role.head': 'head',
    'directory.import.role.administrator': 'administrator',
    'directory.import.findings': '{count, plural, other {refused, or to be corrected in the directory}}',
    'directory.import.findings.how':
      'To be corrected in the school’s own software, where the file comes from: the next import takes it up.',
    'directory.import.place': '{file}, line {line}',
    'directory.import.key': 'record {key}',
    'failure.import-not-open':
      'This import waits for no answer any more: another one followed, or somebody has answered.',
    'failure.import-not-undoable':
      'This import cannot be undone: it was not confirmed here, it changed the school’s source, it is undone already, or is older than 30 days.',
  },
})
