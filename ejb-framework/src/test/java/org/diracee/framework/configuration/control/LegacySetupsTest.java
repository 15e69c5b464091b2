/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.configuration.control.LegacySetups.Result;
import org.junit.jupiter.api.Test;

class LegacySetupsTest {

    @Test
    void takesTheSetupsOut() {
        Result result = LegacySetups.collapse(CfgReader.read("""
                DIRAC
                {
                  VirtualOrganization = lhcb
                  Setup = Production
                  Setups
                  {
                    Production
                    {
                      WorkloadManagement = Prod
                      Framework = Main
                      Transformation = Prod
                    }
                    Certification
                    {
                      WorkloadManagement = Cert
                    }
                  }
                }
                Systems
                {
                  WorkloadManagement
                  {
                    # in use
                    Prod
                    {
                      Agents
                      {
                        SiteDirector
                        {
                          PollingTime = 120
                        }
                      }
                    }
                    Cert
                    {
                      Services
                      {
                      }
                    }
                    Old
                    {
                      URLs
                      {
                        Matcher = dips://old
                      }
                    }
                    FailoverURLs
                    {
                      Matcher = dips://b
                    }
                  }
                  Databases
                  {
                    User = Dirac
                  }
                  Accounting
                  {
                    Somewhere
                    {
                      Services
                      {
                      }
                    }
                  }
                }
                Operations
                {
                  Defaults
                  {
                    a = 1
                    b = 1
                  }
                  Production
                  {
                    b = 2
                  }
                  Certification
                  {
                    b = 3
                  }
                  lhcb
                  {
                    c = 0
                    Certification
                    {
                      c = 1
                    }
                    Production
                    {
                      c = 2
                      Pilot
                      {
                        Version = v9
                      }
                    }
                    Defaults
                    {
                      c = 3
                      d = 3
                    }
                  }
                }
                """));

        assertThat(CfgWriter.write(result.document())).isEqualTo("""
                DIRAC
                {
                  VirtualOrganization = lhcb
                }
                Systems
                {
                  # in use
                  WorkloadManagement
                  {
                    FailoverURLs
                    {
                      Matcher = dips://b
                    }
                    Agents
                    {
                      SiteDirector
                      {
                        PollingTime = 120
                      }
                    }
                  }
                  Databases
                  {
                    User = Dirac
                  }
                  Accounting
                  {
                    Somewhere
                    {
                      Services
                      {
                      }
                    }
                  }
                }
                Operations
                {
                  Defaults
                  {
                    a = 1
                    b = 2
                  }
                  lhcb
                  {
                    c = 2
                    d = 3
                    Pilot
                    {
                      Version = v9
                    }
                  }
                }
                """);
        assertThat(result.notes())
                .containsExactlyInAnyOrder(
                        "/Systems/WorkloadManagement/Prod: moved to /Systems/WorkloadManagement",
                        "/Systems/WorkloadManagement/Cert: left out, not the instance of the setup in force, Prod",
                        "/Systems/WorkloadManagement/Old: left out, not the instance of the setup in force, Prod",
                        "/Systems/Accounting: left as it is, the setup names none of its instances Somewhere",
                        "/Operations/Production: moved to /Operations/Defaults",
                        "/Operations/Certification: left out, not the setup in force, Production",
                        "/Operations/lhcb/Certification: left out, not the setup in force, Production",
                        "/Operations/lhcb/Defaults: moved to /Operations/lhcb",
                        "/Operations/lhcb/Production: moved to /Operations/lhcb",
                        "/DIRAC/Setup: left out, there are no setups any more; that in force was Production",
                        "/DIRAC/Setups: left out, there are no setups any more");
    }

    @Test
    void aDocumentWithoutSetupsStaysAsItIs() {
        ConfigurationDocument document =
                CfgReader.read("Systems { Framework { Services { Token { x = 1\n}}}}\nOperations { Defaults {} }");

        assertThat(LegacySetups.collapse(document)).isEqualTo(new Result(document, List.of()));
    }

    @Test
    void takesTheOnlySetupIfNoneIsNamed() {
        Result result = LegacySetups.collapse(
                CfgReader.read("DIRAC { Setups { P { F = I\n}}}\nSystems { F { I { Services { x = 1\n}}}}"));

        assertThat(result.document().value("/Systems/F/Services/x")).contains("1");
        assertThat(result.notes()).contains("/DIRAC/Setup: missing, took the only setup P");
    }

    @Test
    void leavesEverythingAsItIsIfItCannotKnowTheSetup() {
        ConfigurationDocument document = CfgReader.read("DIRAC { Setups { P {}\n Q {}\n}}");

        assertThat(LegacySetups.collapse(document).document()).isEqualTo(document);
        assertThat(LegacySetups.collapse(document).notes())
                .containsExactly("/DIRAC/Setup: missing, nothing was done because it does not say which of the setups"
                        + " P, Q is in force");
    }

    @Test
    void aVoWithTheNameOfASetupStays() {
        Result result = LegacySetups.collapse(CfgReader.read(
                "DIRAC { Setup = gridpp\n}\nRegistry { VO { gridpp {} } }\nOperations { gridpp { a = 1\n}}"));

        assertThat(result.document().value("/Operations/gridpp/a")).contains("1");
    }

    @Test
    void toleratesNamesThatNameNothing() {
        ConfigurationDocument document = CfgReader.read("DIRAC { Setup = a/b {c}\nSetups { a { F = /x {\n}}}\n"
                + "Systems { F { I { Services {}}}}\nOperations { vo { Defaults { x = 1\n}}}");
        ConfigurationDocument named = document.with("/DIRAC/Setup", "a");

        assertThat(LegacySetups.collapse(document).document().value("/Operations/vo/x"))
                .contains("1");
        assertThat(LegacySetups.collapse(document).notes())
                .contains("/Systems/F: left as it is, the setup names none of its instances I");
        assertThat(LegacySetups.collapse(named).document().section("/Systems/F/I/Services"))
                .isPresent();
        assertThat(LegacySetups.collapse(named).notes())
                .contains("/Systems/F: left as it is, its instance /x { is no section");
    }
}
