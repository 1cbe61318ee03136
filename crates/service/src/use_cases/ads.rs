//! The Ads Manager account.

use crate::call::Call;
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use contract::ads::{
    AdsAccountView, CompleteAdsAccount, CreateAdsAccount, GetAdsAccount, ReadNumber, ReadPhone,
};
use contract::check::Check;
use contract::problem::Code;
use contract::route::Route;
use contract::view::Moved;
use domain::ads_account::{AdsAccount, AdsAccountRefusal};
use domain::input::{Fault, Faults, Field};
use domain::phone::Phone;

pub(crate) async fn get_ads_account(
    call: &mut Call<'_>,
    GetAdsAccount {}: GetAdsAccount,
) -> Reply<AdsAccountView> {
    let account = call.member(&mut *call.read().await?).await?.account;
    Ok(AdsAccountView {
        account: account.ads_account,
        region: account.region,
    })
}

pub(crate) async fn create_ads_account(
    call: &mut Call<'_>,
    request: CreateAdsAccount,
) -> Reply<Moved> {
    let business = request.check()?;
    if business.currency.has_ended(call.now) {
        let mut faults = Faults::new();
        faults.take::<()>(Field::Currency, Err(Fault::NotAChoice));
        return Err(faults.found().into());
    }
    change(call, Route::Welcome, |account| account.create(business)).await
}

pub(crate) async fn read_phone(call: &mut Call<'_>, request: ReadPhone) -> Reply<ReadNumber> {
    call.member(&mut *call.read().await?).await?;
    let Phone { number, is_known } = request.check()?;
    Ok(ReadNumber { number, is_known })
}

pub(crate) async fn complete_ads_account(
    call: &mut Call<'_>,
    request: CompleteAdsAccount,
) -> Reply<Moved> {
    let completion = request.check()?;
    change(call, Route::Campaigns, |account| {
        account.complete(completion)
    })
    .await
}

async fn change(
    call: &mut Call<'_>,
    to: Route,
    transition: impl FnOnce(&mut AdsAccount) -> Result<(), AdsAccountRefusal>,
) -> Reply<Moved> {
    let mut tx = call.write().await?;
    let member = call.member(&mut *tx).await?;
    call.count_save(&mut *tx, &member).await?;
    let mut account = member.account;
    transition(&mut account.ads_account).map_err(|refusal| {
        Refusal::from(match refusal {
            AdsAccountRefusal::Exists | AdsAccountRefusal::Complete => Code::AdsAccountExists,
            AdsAccountRefusal::Missing => Code::AdsAccountMissing,
        })
    })?;
    // The country or region of the business is the account's from now on.
    account.region = account
        .ads_account
        .business()
        .map(|b| b.country)
        .or(account.region);
    tx.update_account(&account).await?;
    let moved = Moved { to };
    repeat::commit(call, tx, &moved).await?;
    Ok(moved)
}
