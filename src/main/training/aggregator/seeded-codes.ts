/** Codes that concern a whole sign-in at a bank; each is the state of one seeded login. */
export const loginCodes: readonly number[] = [
  103, 108, 109, 185, 187, 931, 936, 938, 940, 945, 946, 947, 948, 971, 974, 900, 903, 905, 910,
];

/** Codes that concern one account; each is the state of one seeded account. 777 is in no document. */
export const accountCodes: readonly number[] = [
  169, 901, 902, 904, 906, 907, 913, 914, 915, 916, 920, 921, 922, 923, 924, 925, 926, 927, 928, 929, 972, 976, 978,
  990, 991, 992, 993, 994, 995, 996, 997, 998, 10027, 14019, 4034, 20007, 20009, 38053, 102, 320, 580, 331, 949, 777,
  325, 5006,
];

/** Codes of an attempt that was running when the record was last written: the next attempt may succeed. */
export const passingCodes: readonly number[] = [325, 5006];

/** Codes that a refresh asks the customer a question for. */
export const questionCodes: readonly number[] = [185, 187];
