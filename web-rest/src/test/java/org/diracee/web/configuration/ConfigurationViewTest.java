/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.CurrentConfiguration;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.control.DescriptionLimits;
import org.diracee.wms.description.control.DescriptionSettings;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigurationViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode view(String document) throws Exception {
        Configuration configuration = new Configuration(1, JSON.readValue(document, new TypeReference<>() {}));
        byte[] body = new RenderedConfiguration().of(new CurrentConfiguration(configuration, "", Instant.EPOCH));
        return JSON.readTree(body);
    }

    @Test
    void hasEveryOptionThatDiracxKnowsWithItsDefault() throws Exception {
        JsonNode view = view("""
                {"Registry": {"demo": {"Users": {"a-1": {"PreferedUsername": "alice"}}, "Groups": {"g": {}}}}}""");

        assertThat(view).isEqualTo(JSON.readTree("""
                {"DIRAC": {"NoSetup": false},
                 "Operations": {"demo": {
                   "EnableSecurityLogging": false,
                   "InputDataPolicy": {
                     "Default": "Default = DIRAC.WorkloadManagementSystem.Client.InputDataByProtocol",
                     "Download": "DIRAC.WorkloadManagementSystem.Client.DownloadInputData",
                     "Protocol": "DIRAC.WorkloadManagementSystem.Client.InputDataByProtocol",
                     "AllReplicas": true,
                     "Protocols": {"Remote": [], "Local": []},
                     "InputDataModule": "DIRAC.Core.Utilities.InputDataResolution"},
                   "JobDescription": {"DefaultCPUTime": 86400, "DefaultPriority": 1, "MinCPUTime": 100, "MinPriority": 0,
                     "MaxCPUTime": 500000, "MaxPriority": 10, "MaxInputData": 500,
                     "AllowedJobTypes": ["User", "Test", "Hospital"]},
                   "Services": {"Catalogs": null, "JobMonitoring": {"GlobalJobsInfo": true},
                     "JobScheduling": {"EnableSharesCorrection": false, "MaxRescheduling": 3}},
                   "SoftwareDistModule": "LocalSoftwareDist",
                   "Cloud": null, "DataConsistency": null, "DataManagement": null, "EMail": null, "GaudiExecution": null,
                   "Hospital": null, "JobScheduling": null, "JobTypeMapping": null, "LogFiles": null, "LogStorage": null,
                   "Logging": null, "Matching": null, "MonitoringBackends": null, "NagiosConnector": null, "Pilot": null,
                   "Productions": null, "Shares": null, "Shifter": null, "SiteSEMappingByProtocol": null,
                   "TransformationPlugins": null, "Transformations": null, "ResourceStatus": null}},
                 "Registry": {"demo": {
                   "IdP": {"URL": "", "ClientID": ""},
                   "Support": {"Email": null, "Webpage": null, "Message": "Please contact system administrator"},
                   "DefaultGroup": "", "DefaultStorageQuota": 0.0, "DefaultProxyLifeTime": 43200, "VOMSName": null,
                   "Users": {"a-1": {"PreferedUsername": "alice", "DNs": [], "Email": null, "Suspended": [],
                     "Quota": null}},
                   "Groups": {"g": {"AutoAddVOMS": false, "AutoUploadPilotProxy": false, "AutoUploadProxy": false,
                     "JobShare": 1000, "Properties": [], "Quota": null, "Users": [], "AllowBackgroundTQs": false,
                     "VOMSRole": null, "AutoSyncVOMS": false}}}},
                 "Resources": {"Computing": {"OSCompatibility": {}}},
                 "LocalSite": null, "LogLevel": null, "MCTestingDestination": null, "Systems": null, "WebApp": null}"""));
    }

    @Test
    void tellsTheLimitsThatAreInForce() throws Exception {
        DescriptionLimits limits = new DescriptionSettings(new Configuration(1, Map.of())).limits(new VoName("demo"));
        JsonNode view = view("{\"Registry\": {\"demo\": {}}}").at("/Operations/demo/JobDescription");

        assertThat(view.get("MinCPUTime").asLong()).isEqualTo(limits.cpuTime().min());
        assertThat(view.get("MaxCPUTime").asLong()).isEqualTo(limits.cpuTime().max());
        assertThat(view.get("DefaultCPUTime").asLong())
                .isEqualTo(limits.cpuTime().standard());
        assertThat(view.get("MinPriority").asLong()).isEqualTo(limits.priority().min());
        assertThat(view.get("MaxPriority").asLong()).isEqualTo(limits.priority().max());
        assertThat(view.get("DefaultPriority").asLong())
                .isEqualTo(limits.priority().standard());
        assertThat(view.get("MaxInputData").asInt()).isEqualTo(limits.maxInputData());
    }

    @Test
    void anEmptyConfigurationHasNoVo() throws Exception {
        JsonNode view = view("{}");
        assertThat(view.get("Operations")).isEmpty();
        assertThat(view.get("Registry")).isEmpty();
    }

    @Nested
    class Operations {

        @Test
        void mergesTheDefaultsIntoEachVoAndDoesNotServeThem() throws Exception {
            JsonNode view = view("""
                    {"Operations": {
                       "Defaults": {"Services": {"JobMonitoring": {"GlobalJobsInfo": "no"}},
                         "JobDescription": {"AllowedJobTypes": "A, B", "MaxPriority": "5"},
                         "Pilot": {"a": {"x": 1, "y": [3]}, "c": "text"}},
                       "demo": {"JobDescription": {"MaxPriority": 7}, "Pilot": {"a": {"y": [4]}, "b": true}},
                       "other": {}}}""").get("Operations");

            assertThat(view.fieldNames()).toIterable().containsExactly("demo", "other");
            assertThat(view.at("/demo/Services/JobMonitoring/GlobalJobsInfo")).isEqualTo(JSON.readTree("false"));
            assertThat(view.at("/demo/JobDescription/AllowedJobTypes")).isEqualTo(JSON.readTree("[\"A\", \"B\"]"));
            assertThat(view.at("/demo/JobDescription/MaxPriority")).isEqualTo(JSON.readTree("7"));
            assertThat(view.at("/other/JobDescription/MaxPriority")).isEqualTo(JSON.readTree("5"));
            assertThat(view.at("/demo/Pilot")).isEqualTo(JSON.readTree("""
                    {"a": {"x": "1", "y": "4"}, "c": "text", "b": "true"}"""));
            assertThat(view.at("/other/Pilot/a/y").asText()).isEqualTo("3");
        }

        @Test
        void leavesOutWhatDiracxDoesNotKnow() throws Exception {
            JsonNode view = view("""
                    {"Operations": {"demo": {"Ours": {"a": 1}, "Logging": "no section",
                        "JobDescription": {"MaxParametricJobs": 10}}}}""").at("/Operations/demo");

            assertThat(view.has("Ours")).isFalse();
            assertThat(view.at("/JobDescription").has("MaxParametricJobs")).isFalse();
            assertThat(view.get("Logging").isNull()).isTrue();
        }

        @Test
        void takesAValueOfTheWrongTypeForNotGiven() throws Exception {
            JsonNode view = view("""
                    {"Operations": {"demo": {"EnableSecurityLogging": "perhaps",
                        "JobDescription": {"MaxPriority": "many", "MinPriority": ""}}}}""").at("/Operations/demo");

            assertThat(view.get("EnableSecurityLogging").booleanValue()).isFalse();
            assertThat(view.at("/JobDescription/MaxPriority").asInt()).isEqualTo(10);
            assertThat(view.at("/JobDescription/MinPriority").isNumber()).isTrue();
        }
    }

    @Nested
    class Registry {

        @Test
        void writesSetsAsSortedLists() throws Exception {
            JsonNode view = view("""
                    {"Registry": {"demo": {"Groups": {"g": {
                        "Properties": ["NormalUser", "GenericPilot", "NormalUser"], "Users": "z-1, a-1",
                        "JobShare": "1.6", "Quota": "5"}}}},
                     "Resources": {"Computing": {"OSCompatibility": {"el9": ["b", "a", "b"]}}}}""");

            JsonNode group = view.at("/Registry/demo/Groups/g");
            assertThat(group.get("Properties")).isEqualTo(JSON.readTree("[\"GenericPilot\", \"NormalUser\"]"));
            assertThat(group.get("Users")).isEqualTo(JSON.readTree("[\"a-1\", \"z-1\"]"));
            assertThat(group.get("JobShare")).isEqualTo(JSON.readTree("2"));
            assertThat(group.get("Quota")).isEqualTo(JSON.readTree("5"));
            assertThat(view.at("/Resources/Computing/OSCompatibility/el9")).isEqualTo(JSON.readTree("[\"a\", \"b\"]"));
        }

        @Test
        void namesTheVosThatHaveLockedAPersonOut() throws Exception {
            JsonNode users = view("""
                    {"Registry": {"demo": {"Users": {
                        "a": {"Suspended": true}, "b": {"Suspended": "false"}, "c": {"Suspended": ["x", "y"]},
                        "d": {"Email": "nobody"}, "e": {"Email": "e@example.org"}}}}}""").at("/Registry/demo/Users");

            assertThat(users.at("/a/Suspended")).isEqualTo(JSON.readTree("[\"demo\"]"));
            assertThat(users.at("/b/Suspended")).isEmpty();
            assertThat(users.at("/c/Suspended")).isEqualTo(JSON.readTree("[\"x\", \"y\"]"));
            assertThat(users.at("/a/PreferedUsername").asText()).isEqualTo("a");
            assertThat(users.at("/d/Email").isNull()).isTrue();
            assertThat(users.at("/e/Email").asText()).isEqualTo("e@example.org");
        }

        @Test
        void showsTheClassicLayoutInThatOfDiracx() throws Exception {
            JsonNode view = view("""
                    {"Registry": {
                      "DefaultGroup": "other_user, demo_user",
                      "Users": {
                        "ann": {"ID": "a-1", "DN": "/O=Grid/CN=ann", "Email": "ann@example.org", "Suspended": "other"},
                        "ben": {"Email": "ben@example.org"}},
                      "Groups": {"demo_user": {"VO": "demo", "Users": "ben, ann", "Properties": "NormalUser",
                        "VOMSRole": "/demo"}},
                      "VO": {"demo": {"VOMSName": "demo.voms"}}}}""");

            assertThat(view.get("Operations").fieldNames()).toIterable().containsExactly("demo");
            assertThat(view.get("Registry").fieldNames()).toIterable().containsExactly("demo");
            JsonNode demo = view.at("/Registry/demo");
            assertThat(demo.get("DefaultGroup").asText()).isEqualTo("demo_user");
            assertThat(demo.get("VOMSName").asText()).isEqualTo("demo.voms");
            assertThat(demo.at("/Users/a-1")).isEqualTo(JSON.readTree("""
                    {"PreferedUsername": "ann", "DNs": ["/O=Grid/CN=ann"], "Email": "ann@example.org",
                     "Suspended": ["other"], "Quota": null}"""));
            assertThat(demo.at("/Users/ben/PreferedUsername").asText()).isEqualTo("ben");
            assertThat(demo.at("/Groups/demo_user/Users").toString()).isEqualTo("[\"a-1\",\"ben\"]");
            assertThat(demo.at("/Groups/demo_user/Properties").toString()).isEqualTo("[\"NormalUser\"]");
            assertThat(demo.at("/Groups/demo_user/VOMSRole").asText()).isEqualTo("/demo");
        }

        @Test
        void leavesOutWhatIsNoVo() throws Exception {
            assertThat(view("{\"Registry\": {\"DefaultGroup\": \"x\", \"no vo/\": {}, \"demo\": {}}}")
                            .get("Registry")
                            .fieldNames())
                    .toIterable()
                    .isEqualTo(List.of("demo"));
        }
    }

    @Test
    void rendersEachRevisionOnce() {
        RenderedConfiguration rendered = new RenderedConfiguration();
        CurrentConfiguration one =
                new CurrentConfiguration(new Configuration(1, Map.of("LogLevel", "INFO")), "", Instant.EPOCH);
        CurrentConfiguration two = new CurrentConfiguration(new Configuration(2, Map.of()), "", Instant.EPOCH);

        assertThat(rendered.of(one)).isSameAs(rendered.of(one));
        assertThat(rendered.of(two)).isNotEqualTo(rendered.of(one));
    }
}
