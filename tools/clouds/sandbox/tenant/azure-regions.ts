const names = `
  eastus eastus2 eastus3 centralus northcentralus southcentralus westcentralus westus westus2 westus3
  canadacentral canadaeast mexicocentral brazilsouth brazilsoutheast chilecentral
  northeurope westeurope uksouth ukwest francecentral francesouth germanywestcentral germanynorth
  switzerlandnorth switzerlandwest swedencentral swedensouth norwayeast norwaywest polandcentral italynorth
  spaincentral austriaeast belgiumcentral denmarkeast finlandcentral greececentral
  uaenorth uaecentral qatarcentral israelcentral saudiarabiacentral saudiarabiaeast
  southafricanorth southafricawest
  centralindia southindia westindia jioindiawest jioindiacentral indiasouthcentral
  eastasia southeastasia japaneast japanwest koreacentral koreasouth taiwannorth taiwannorthwest
  indonesiacentral malaysiawest malaysiasouth newzealandnorth
  australiaeast australiasoutheast australiacentral australiacentral2 australiasouth
  usgovvirginia usgovarizona usgovtexas usgoviowa usdodeast usdodcentral
  usnateast usnatwest usseceast ussecwest eastus2euap centraluseuap brazilus usgovwyoming
  azurestack germanycentral germanynortheast singaporecentral southcentralus2 southeastus uknorth uksouth2
  ussouthcentral
  chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3
  global europe unitedstates asia asiapacific australia brazil canada france germany india japan korea norway
  southafrica switzerland uae uk austria chile indonesia israel italy malaysia mexico newzealand poland qatar
  singapore spain sweden taiwan unitedstateseuap
`;
const known = new Set(names.trim().split(/\s+/));

/** Whether Azure has a region of that name, as an id ("westeurope") or as people read it ("West Europe"). */
export const isAzureRegion = (location: string): boolean =>
  known.has(location.toLowerCase().replaceAll(" ", ""));
