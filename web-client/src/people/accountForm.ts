import type { AccountFieldsFragment, AccountInput } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { isStrong } from './passwordRules'

/** What is typed about a user; texts all, as the fields hold them. */
export interface AccountForm {
  readonly civility: string
  readonly firstName: string
  readonly lastName: string
  readonly login: string
  readonly password: string
  readonly passwordAgain: string
  readonly email: string
  readonly phone: string
  readonly mobile: string
  readonly title: string
  readonly service: string
  readonly homeForm: string
  readonly homeYear: string
  readonly delegatedAdministrator: boolean
  readonly defaultProfile: string
}

export type FormField = keyof AccountForm
export type Errors = Partial<Record<FormField, string>>

export const EMPTY: AccountForm = {
  civility: '',
  firstName: '',
  lastName: '',
  login: '',
  password: '',
  passwordAgain: '',
  email: '',
  phone: '',
  mobile: '',
  title: '',
  service: '',
  homeForm: '',
  homeYear: '',
  delegatedAdministrator: false,
  defaultProfile: '',
}

/** The labels of the manual (§11.2.2). */
export const LABELS: Readonly<Record<FormField, string>> = {
  civility: 'Civilité',
  firstName: 'Prénom',
  lastName: 'Nom',
  login: 'Identifiant de connexion',
  password: 'Mot de passe',
  passwordAgain: 'Mot de passe, une seconde fois',
  email: 'Adresse électronique',
  phone: 'Téléphone',
  mobile: 'Mobile',
  title: 'Titre',
  service: 'Service',
  homeForm: 'Formulaire d’accueil',
  homeYear: 'Année d’accueil',
  delegatedAdministrator: 'Administrateur délégué',
  defaultProfile: 'Profil par défaut',
}

const REQUIRED = ['lastName', 'firstName', 'login', 'email', 'phone'] as const
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/
const PHONE = /^\+?[\d .()-]{6,29}$/
const LOGIN = /^[a-z0-9][a-z0-9._@-]{2,79}$/i

/** What can be said before asking the server; `isNew`: the login and the password are typed too. */
export function validate(form: AccountForm, isNew: boolean): Errors {
  const errors: Errors = {}
  for (const field of REQUIRED) {
    if ((isNew || field !== 'login') && !form[field].trim()) errors[field] = 'Ce champ est obligatoire.'
  }
  if (form.email.trim() && !EMAIL.test(form.email.trim())) errors.email = 'Écrivez une adresse comme nom@organisme.fr.'
  for (const field of ['phone', 'mobile'] as const) {
    if (form[field].trim() && !PHONE.test(form[field].trim())) errors[field] = 'Écrivez un numéro comme 01 44 00 00 00.'
  }
  if (form.homeYear && !form.homeForm) errors.homeForm = 'Choisissez le formulaire de cette année.'
  return isNew ? { ...errors, ...validateEntry(form, errors) } : errors
}

function validateEntry({ login, password, passwordAgain }: AccountForm, { login: missing }: Errors): Errors {
  const errors: Errors = {}
  if (!missing && !LOGIN.test(login.trim()))
    errors.login = 'Trois caractères au moins, sans accent ni espace : lettres, chiffres, point, tiret.'
  if (!isStrong(password)) errors.password = 'Ce mot de passe ne suit pas toutes les règles.'
  else if (password !== passwordAgain) errors.passwordAgain = 'Les deux saisies du mot de passe diffèrent.'
  return errors
}

export function formOf(account: AccountFieldsFragment): AccountForm {
  const { homeForm, homeYear, defaultProfile, ...rest } = account
  return {
    ...EMPTY,
    ...pick(rest),
    homeForm: homeForm ?? '',
    homeYear: homeYear == null ? '' : String(homeYear),
    defaultProfile: defaultProfile?.name ?? '',
  }
}

function pick(account: Omit<AccountFieldsFragment, 'homeForm' | 'homeYear' | 'defaultProfile'>) {
  const { civility, firstName, lastName, login, email, phone, mobile, title, service, delegatedAdministrator } = account
  return { civility, firstName, lastName, login, email, phone, mobile, title, service, delegatedAdministrator }
}

/** A new user with the function of another, and nothing that is that person's own. */
export function copyOf(account: AccountFieldsFragment): AccountForm {
  const { title, service, homeForm, homeYear, delegatedAdministrator, defaultProfile } = formOf(account)
  return { ...EMPTY, title, service, homeForm, homeYear, delegatedAdministrator, defaultProfile }
}

export function inputOf(form: AccountForm): AccountInput {
  return {
    civility: form.civility,
    firstName: form.firstName.trim(),
    lastName: form.lastName.trim(),
    email: form.email.trim(),
    phone: form.phone.trim(),
    mobile: form.mobile.trim(),
    title: form.title.trim(),
    service: form.service.trim(),
    homeForm: form.homeForm || null,
    homeYear: form.homeYear ? Number(form.homeYear) : null,
    delegatedAdministrator: form.delegatedAdministrator,
    defaultProfile: form.defaultProfile || null,
  }
}

/** The errors as the summary lists them, in the order of the fields. */
export function errorsOf(errors: Errors) {
  return (Object.entries(errors) as [FormField, string][]).map(([name, message]) => ({
    name,
    label: LABELS[name],
    message,
  }))
}

/** The field that a refusal is about, where the server names one. */
export function fieldOf(problem: Problem | undefined): Errors {
  const field = problem?.path?.at(-1)
  return problem && field && field in LABELS ? { [field]: problem.message } : {}
}
