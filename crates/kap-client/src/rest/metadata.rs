//! What a server says of itself (<https://hl7.org/fhir/R4/http.html#capabilities>).

use reqwest::Method;

use super::client::Client;
use crate::Error;

impl Client {
    /// The text of the server's CapabilityStatement.
    pub async fn metadata(&self) -> Result<Vec<u8>, Error> {
        let answer = self.exchange_safely(|| self.request(Method::GET, "metadata")).await;
        answer
            .map(|response| response.body)
            .map_err(|failure| Error::NoStatement {
                name: self.name().to_owned(),
                category: failure.category,
                status: failure.status,
            })
    }
}
