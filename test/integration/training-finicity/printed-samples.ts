const checkingJson = {
  id: "2055",
  number: "XXXX-XXXXXX-32765",
  name: "Checking",
  balance: 1266.49,
  type: "checking",
  aggregationStatusCode: 0,
  status: "active",
  customerId: "41442",
  institutionId: "101732",
  balanceDate: 1422421087,
  aggregationSuccessDate: 1422399293,
  aggregationAttemptDate: 1422395888,
  createdDate: 1422395818,
  currency: "USD",
  lastTransactionDate: 1422421087,
  institutionLoginId: 9764,
  displayPosition: 1,
};

const cardJson = {
  id: "5027",
  number: "XXXX-XXXXXX-36174",
  name: "Credit Card",
  balance: -1547.62,
  type: "creditCard",
  aggregationStatusCode: 0,
  status: "active",
  customerId: "41442",
  institutionId: "101732",
  balanceDate: 1422342000,
  aggregationSuccessDate: 1422358530,
  aggregationAttemptDate: 1422358530,
  createdDate: 1420653087,
  currency: "USD",
  lastTransactionDate: 1422342000,
  institutionLoginId: 9764,
  displayPosition: 2,
};

/** The JSON documents of the provider's first documentation, key order included. */
export const printedJson = {
  account: JSON.stringify(checkingJson),
  accounts: JSON.stringify({ accounts: [checkingJson, cardJson] }),
  loginForm: JSON.stringify({
    loginForm: [
      {
        id: 101732001,
        name: "Banking Userid",
        value: "USERNAME",
        description: "Banking Userid",
        mask: "false",
        displayOrder: 1,
      },
      {
        id: 101732002,
        name: "Banking Password",
        value: "",
        description: "Banking Password",
        mask: "true",
        displayOrder: 2,
      },
    ],
  }),
} as const;

const checkingXml = `<account>
  <id>2055</id>
  <number>XXXX-XXXXXX-32765</number>
  <name>Checking</name>
  <balance>1266.49</balance>
  <type>checking</type>
  <aggregationStatusCode>0</aggregationStatusCode>
  <status>active</status>
  <customerId>41442</customerId>
  <institutionId>101732</institutionId>
  <balanceDate>1422421087</balanceDate>
  <aggregationSuccessDate>1422399293</aggregationSuccessDate>
  <aggregationAttemptDate>1422395888</aggregationAttemptDate>
  <createdDate>1422395818</createdDate>
  <lastUpdatedDate>1422421087</lastUpdatedDate>
</account>`;

const cardXml = `<account>
  <id>5027</id>
  <number>XXXX-XXXXXX-36174</number>
  <name>Credit Card</name>
  <balance>-1547.62</balance>
  <type>creditCard</type>
  <aggregationStatusCode>0</aggregationStatusCode>
  <status>active</status>
  <customerId>41442</customerId>
  <institutionId>101732</institutionId>
  <balanceDate>1422342000</balanceDate>
  <aggregationSuccessDate>1422358530</aggregationSuccessDate>
  <aggregationAttemptDate>1422358530</aggregationAttemptDate>
  <createdDate>1420653087</createdDate>
</account>`;

const indented = (xml: string): string => xml.replace(/^/gm, "  ");

/** The XML documents of the provider's first documentation. */
export const printedXml = {
  account: checkingXml,
  accounts: `<accounts>\n${indented(checkingXml)}\n${indented(cardXml)}\n</accounts>`,
  loginForm: `<loginForm>
  <loginField>
    <id>101732001</id>
    <name>Banking Userid</name>
    <value>USERNAME</value>
    <mask>false</mask>
    <displayOrder>1</displayOrder>
  </loginField>
  <loginField>
    <id>101732002</id>
    <name>Banking Password</name>
    <value></value>
    <mask>true</mask>
    <displayOrder>2</displayOrder>
  </loginField>
</loginForm>`,
} as const;
