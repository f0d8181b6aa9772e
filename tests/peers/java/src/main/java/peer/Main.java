package peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * The reference validator on files, offline.
 *
 * <p>{@code Main issues PACKAGES FILES}: one line a file with its issues. {@code Main bench PACKAGES FILES SECONDS}: validates the files again and again,
 * first to warm up, then counting CPU time. PACKAGES and FILES are files with one path a line.
 */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    FhirContext context = FhirContext.forR4();
    FhirValidator validator = validator(context, lines(arguments[1]));
    List<String> files = lines(arguments[2]);
    if (arguments[0].equals("bench")) {
      bench(validator, files, Double.parseDouble(arguments[3]));
      return;
    }
    for (String file : files) {
      String text = Files.readString(Path.of(file));
      String line;
      try {
        line = line(file, validator.validateWithResult(text));
      } catch (RuntimeException failure) {
        line = "{\"file\":" + quoted(file) + ",\"failure\":" + quoted(failure.toString()) + "}";
      }
      System.out.println(line);
    }
  }

  private static FhirValidator validator(FhirContext context, List<String> packages) throws Exception {
    PrePopulatedValidationSupport loaded = new PrePopulatedValidationSupport(context);
    for (String archive : packages) {
      for (String definition : archive.endsWith(".json") ? List.of(Files.readString(Path.of(archive))) : definitions(archive)) {
        IBaseResource resource = context.newJsonParser().parseResource(definition);
        loaded.addResource(resource);
      }
    }
    ValidationSupportChain chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        loaded,
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context));
    FhirInstanceValidator module = new FhirInstanceValidator(chain);
    module.setAnyExtensionsAllowed(true);
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    FhirValidator validator = context.newValidator();
    validator.registerValidatorModule(module);
    return validator;
  }

  private static void bench(FhirValidator validator, List<String> files, double seconds) throws Exception {
    List<String> texts = new ArrayList<>();
    for (String file : files) {
      texts.add(Files.readString(Path.of(file)));
    }
    long issues = 0;
    // Twice over everything, so that definitions are loaded and the hot code is compiled.
    for (int round = 0; round < 2; round++) {
      for (String text : texts) {
        issues = validator.validateWithResult(text).getMessages().size();
      }
    }
    long begin = cpu();
    long rounds = 0;
    do {
      for (String text : texts) {
        issues += validator.validateWithResult(text).getMessages().size();
      }
      rounds++;
    } while (cpu() - begin < seconds * 1e9);
    System.out.printf("{\"rounds\": %d, \"cpu_seconds\": %.4f, \"issues\": %d}%n", rounds, (cpu() - begin) / 1e9, issues);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static List<String> lines(String file) throws Exception {
    return Files.readAllLines(Path.of(file)).stream().filter(line -> !line.isBlank()).toList();
  }

  /** The definitions that matter for validation in a package archive: a tar file, read by hand. */
  private static List<String> definitions(String archive) throws Exception {
    List<String> texts = new ArrayList<>();
    try (InputStream tar = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(Path.of(archive))))) {
      byte[] header = new byte[512];
      while (tar.readNBytes(header, 0, 512) == 512 && header[0] != 0) {
        String name = text(header, 0, 100);
        long size = Long.parseLong(text(header, 124, 12).trim(), 8);
        byte[] content = tar.readNBytes((int) size);
        if (content.length < size) {
          throw new EOFException(archive);
        }
        tar.skipNBytes((512 - size % 512) % 512);
        if (name.matches("package/(StructureDefinition|ValueSet|CodeSystem)-[^/]*\\.json")) {
          texts.add(new String(content, StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static String line(String file, ValidationResult result) {
    StringBuilder out = new StringBuilder("{\"file\":").append(quoted(file)).append(",\"issues\":[");
    String separator = "";
    for (SingleValidationMessage message : result.getMessages()) {
      out.append(separator).append("{\"severity\":").append(quoted(message.getSeverity().getCode()));
      out.append(",\"id\":").append(quoted(message.getMessageId()));
      out.append(",\"expression\":").append(quoted(message.getLocationString()));
      out.append(",\"line\":").append(message.getLocationLine());
      out.append(",\"text\":").append(quoted(message.getMessage())).append('}');
      separator = ",";
    }
    return out.append("]}").toString();
  }

  private static String quoted(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder("\"");
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') {
        out.append('\\').append(letter);
      } else if (letter < ' ') {
        out.append(String.format("\\u%04x", (int) letter));
      } else {
        out.append(letter);
      }
    }
    return out.append('"').toString();
  }

  private Main() {}
}
