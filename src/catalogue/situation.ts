import { Field } from './field.js';
import * as event from './questions/events.js';
import * as expense from './questions/expenses.js';
import * as income from './questions/income.js';
import * as marital from './questions/marital.js';
import * as payment from './questions/payment.js';

/** What the year was like for the household: pages 1 to 3 of the form, the answers that belong to no one person. */
export class Situation {
  @Field(marital.MARITAL_STATUS)
  maritalStatus?: 'single' | 'married' | 'divorced' | 'separated' | 'widowed';

  @Field(marital.MARRIED_ON_LAST_DAY)
  marriedOnLastDay?: boolean;

  @Field(marital.LIVED_APART)
  livedApartLastSixMonths?: boolean;

  @Field(marital.DIVORCE_DATE)
  divorceDate?: string;

  @Field(marital.SEPARATION_DATE)
  separationDate?: string;

  @Field(marital.SPOUSE_DEATH_YEAR)
  spouseDeathYear?: number;

  @Field(marital.SEVERAL_STATES)
  livedOrWorkedInSeveralStates?: boolean;

  @Field(income.WAGES)
  incomeWages?: boolean;

  @Field(income.WAGES_JOBS)
  incomeWagesJobs?: number;

  @Field(income.TIPS)
  incomeTips?: boolean;

  @Field(income.RETIREMENT)
  incomeRetirement?: boolean;

  @Field(income.DISABILITY)
  incomeDisability?: boolean;

  @Field(income.SOCIAL_SECURITY)
  incomeSocialSecurity?: boolean;

  @Field(income.UNEMPLOYMENT)
  incomeUnemployment?: boolean;

  @Field(income.STATE_REFUND)
  incomeStateRefund?: boolean;

  @Field(income.INTEREST_DIVIDENDS)
  incomeInterestDividends?: boolean;

  @Field(income.SALE_OF_ASSETS)
  incomeSaleOfAssets?: boolean;

  @Field(income.SALE_OF_ASSETS_LOSS)
  incomeSaleOfAssetsLossLastYear?: boolean;

  @Field(income.ALIMONY_RECEIVED)
  incomeAlimony?: boolean;

  @Field(income.RENT_OF_HOME)
  incomeRentOfHome?: boolean;

  @Field(income.RENT_OF_HOME_SHORT)
  incomeRentOfHomeUnder15Days?: boolean;

  @Field(income.RENT_OF_PROPERTY)
  incomeRentOfPersonalProperty?: boolean;

  @Field(income.GAMBLING)
  incomeGambling?: boolean;

  @Field(income.SELF_EMPLOYMENT)
  incomeSelfEmployment?: boolean;

  @Field(income.SELF_EMPLOYMENT_LOSS)
  incomeSelfEmploymentLossLastYear?: boolean;

  @Field(income.OTHER_INCOME)
  incomeOther?: boolean;

  @Field(expense.MORTGAGE_INTEREST)
  expenseMortgageInterest?: boolean;

  @Field(expense.TAXES)
  expenseTaxes?: boolean;

  @Field(expense.MEDICAL)
  expenseMedical?: boolean;

  @Field(expense.CHARITY)
  expenseCharity?: boolean;

  @Field(expense.STUDENT_LOAN_INTEREST)
  expenseStudentLoanInterest?: boolean;

  @Field(expense.CHILD_CARE)
  expenseChildCare?: boolean;

  @Field(expense.RETIREMENT_CONTRIBUTIONS)
  expenseRetirementContributions?: boolean;

  @Field(expense.EDUCATOR_SUPPLIES)
  expenseEducatorSupplies?: boolean;

  @Field(expense.ALIMONY_PAID)
  expenseAlimony?: boolean;

  @Field(event.EDUCATION)
  eventEducation?: boolean;

  @Field(event.SOLD_HOME)
  eventSoldHome?: boolean;

  @Field(event.HEALTH_SAVINGS_ACCOUNT)
  eventHealthSavingsAccount?: boolean;

  @Field(event.MARKETPLACE_INSURANCE)
  eventMarketplaceInsurance?: boolean;

  @Field(event.ENERGY_ITEMS)
  eventEnergyItems?: boolean;

  @Field(event.OTHER_PURCHASE)
  eventOtherPurchase?: boolean;

  @Field(event.DEBT_CANCELLED)
  eventDebtCancelled?: boolean;

  @Field(event.DISASTER_LOSS)
  eventDisasterLoss?: boolean;

  @Field(event.CREDIT_DISALLOWED)
  eventCreditDisallowed?: boolean;

  @Field(event.IRS_LETTER)
  eventIrsLetter?: boolean;

  @Field(event.ESTIMATED_PAYMENTS)
  eventEstimatedPayments?: boolean;

  @Field(event.BROUGHT_LAST_RETURN)
  eventBroughtLastReturn?: boolean;

  @Field(payment.REFUND_METHOD)
  refundMethod?: 'directDeposit' | 'check' | 'split' | 'other';

  @Field(payment.REFUND_OTHER)
  refundOther?: string;

  @Field(payment.BALANCE_DUE_METHOD)
  balanceDueMethod?: 'bankAccount' | 'directPay' | 'installments' | 'mail';

  @Field(payment.LETTERS_LANGUAGE)
  lettersLanguage?: string;
}
