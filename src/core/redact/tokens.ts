/**
 * Tokens that their issuers gave a shape of its own, so that they are known wherever they stand. From the issuers'
 * published formats; only what cannot be mistaken for a version, a store hash or a revision.
 */
const shapes: readonly string[] = [
  // Source hosts
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_[A-Za-z0-9_]{50,255}',
  'gl(?:pat|ptt|dt|rtr?|cbt|ft|ffct|soat|agent|imt|feed|oas|wt)-[A-Za-z0-9_.-]{18,255}',
  'ATATT3[A-Za-z0-9_=-]{40,}',
  'ATCTT3[A-Za-z0-9_=-]{40,}',
  'ATBB[A-Za-z0-9]{28,}',
  'GR1348941[A-Za-z0-9_-]{20,}',
  'bk[a-z]{2}_[a-f0-9]{40}',
  'CCIP(?:AT|RJ)_[A-Za-z0-9]{20,}_[a-f0-9]{40}',
  'sq[uap]_[a-f0-9]{40}',
  // Clouds
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{24,}',
  'do[opr]_v1_[a-f0-9]{64}',
  'AccountKey=[A-Za-z0-9+/=]{40,}',
  '(?<=[?&]sig=)[A-Za-z0-9%+/=]{20,}',
  'LTAI[A-Za-z0-9]{16,24}',
  '[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}',
  'FlyV1 [A-Za-z0-9+/=_,-]{40,}',
  'nfp_[A-Za-z0-9]{36,}',
  'dapi[a-f0-9]{32}(?:-\\d)?',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{30,}',
  '1//0[A-Za-z0-9_-]{40,}',
  'v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}',
  'HRKU-[A-Za-z0-9_-]{30,}',
  'sb(?:p_[a-f0-9]{40}|_secret_[A-Za-z0-9_-]{20,})',
  'pul-[a-f0-9]{40}',
  'rnd_[A-Za-z0-9]{24,}',
  'fo1_[A-Za-z0-9_-]{40,}',
  // Package registries
  'npm_[A-Za-z0-9]{36}',
  'pypi-[A-Za-z0-9_-]{50,}',
  'dckr_[op]at_[A-Za-z0-9_-]{20,}',
  'rubygems_[a-f0-9]{48}',
  'packagist_(?:[ou][rs][st]?_)?[a-f0-9]{40,}',
  'oy2[a-z0-9]{43}',
  'cio[A-Za-z0-9]{32}',
  'AKCp[A-Za-z0-9]{60,}',
  'cmVmdGtuOjA[A-Za-z0-9]{40,}',
  // Services
  'xox[abeoprs]-[A-Za-z0-9-]{10,}',
  'xapp-\\d-[A-Za-z0-9-]{20,}',
  'hooks\\.slack\\.com/services/[A-Za-z0-9/_-]{20,}',
  'discord(?:app)?\\.com/api/webhooks/\\d+/[A-Za-z0-9_-]{20,}',
  '\\d{8,10}:AA[A-Za-z0-9_-]{32,}',
  '[rs]k_(?:live|test)_[A-Za-z0-9]{16,}',
  'whsec_[A-Za-z0-9]{24,}',
  'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
  'key-[a-f0-9]{32}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'lin_(?:api|oauth)_[A-Za-z0-9]{32,}',
  'glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}',
  'glc_[A-Za-z0-9+/=]{32,}',
  'tskey-[a-z]+-[A-Za-z0-9-]{16,}',
  'NRAK-[A-Z0-9]{27}',
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'sntry[su]_[A-Za-z0-9+/=_-]{40,}',
  'rootly_[a-f0-9]{64}',
  'figd_[A-Za-z0-9_-]{36,}',
  '[MNO][A-Za-z0-9_-]{22,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}',
  '(?:SK|AC)[a-f0-9]{32}(?![a-f0-9])',
  'secret_[A-Za-z0-9]{43}',
  'ntn_[A-Za-z0-9]{40,}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  'pat-[a-z]{2}\\d-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}',
  '[a-f0-9]{32}-us\\d{1,2}',
  'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}',
  'sl\\.[A-Za-z0-9_-]{100,}',
  '[sp]k\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}',
  // Models
  'sk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{20,}',
  'sk_[a-f0-9]{48}',
  'key_[a-f0-9]{64}',
  'hf_[A-Za-z0-9]{30,}',
  'r8_[A-Za-z0-9]{37}',
  'gsk_[A-Za-z0-9]{40,}',
  'xai-[A-Za-z0-9]{60,}',
  'pplx-[A-Za-z0-9]{40,}',
  // Secret stores and keys
  'hv[sbr]\\.[A-Za-z0-9_-]{20,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9._-]{30,}',
  'ops_eyJ[A-Za-z0-9_-]{50,}',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
  // The bootstrap token of kubeadm: six and sixteen of letters and digits, well mixed.
  '(?=[a-z]*\\d)(?=\\d*[a-z])[a-z0-9]{6}\\.(?=(?:[a-z]*\\d){3})(?=(?:\\d*[a-z]){3})[a-z0-9]{16}(?![\\w.-])',
  // JSON web tokens
  'eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*',
];

/** Every known shape, not inside a longer word. */
export const TOKEN = new RegExp(`(?<![A-Za-z0-9_])(?:${shapes.join('|')})`, 'g');

/** Private keys in PEM or PGP armour or PuTTY's form, also where line breaks were flattened or the end was cut off. */
export const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)|PuTTY-User-Key-File-\d:[\s\S]*?(?:Private-(?:MAC|Hash): ?\w+|$)/g;
