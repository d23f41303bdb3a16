/**
 * Numbers that cost the caller more than a call: premium-rate and shared-cost ranges, satellites, international networks, and
 * countries of `+1` that callback frauds use. A fresh workspace reaches none of them, and `+` in the allow-list does not open them
 * either: only a prefix that lies within a range does. From the national numbering plans and ITU-T E.164 (codes without a country).
 */
export const PREMIUM_PREFIXES: readonly string[] = `
  +808 +870 +878 +881 +882 +883 +888 +979
  +1900 +1976 +1268 +1284 +1473 +1649 +1664 +1767 +1809 +1829 +1849 +1876
  +30901 +30909 +3190 +3290 +3389 +34803 +34806 +34807 +34905 +35315 +354900 +358600 +358700 +35990 +3690
  +370900 +37190 +372900 +37490 +37590 +38090 +38190 +38590 +38690 +39199 +3989
  +41900 +41901 +41906 +42090 +42190 +43900 +43901 +43930 +43931 +4487 +4490 +4491 +4498 +4590
  +46900 +46939 +46944 +47820 +47829 +4870 +49137 +49190 +49900
  +61190 +62809 +64900 +65190 +7809 +81990 +852900 +886204 +90900
`
  .trim()
  .split(/\s+/);
