#!/usr/bin/env bash
# Drives the sandbox's server with the AWS CLI, a client that was not written here: Organizations and STS, pages and errors.
# Prints "N passed, N failed". Talks to 127.0.0.1 only; needs no credentials and writes only to a temporary folder.
set -u
cd "$(dirname "$0")/.."

if ! command -v aws >/dev/null 2>&1 || ! aws --version >/dev/null 2>&1; then
    echo "The AWS CLI is not installed: not driven. 0 passed, 0 failed"
    exit 0
fi

folder=$(mktemp -d)
sandbox="$folder/org.sandbox.json"

# Makes the sandbox, serves it, prints its address as the first line, and ends with its standard input.
# The management account is 111122223333; there is no organization yet.
start=(dotnet run --project tests/Guardrails.Sandbox.Tests -- serve "$sandbox")

unset AWS_CA_BUNDLE REQUESTS_CA_BUNDLE HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_ENDPOINT_URL AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=anything AWS_DEFAULT_REGION=us-east-1
export AWS_CONFIG_FILE="$folder/config" AWS_SHARED_CREDENTIALS_FILE="$folder/credentials" AWS_EC2_METADATA_DISABLED=true
export AWS_PAGER='' AWS_MAX_ATTEMPTS=1 AWS_DEFAULT_OUTPUT=text

mkfifo "$folder/in"
"${start[@]}" <"$folder/in" >"$folder/out" 2>"$folder/err" &
server=$!
exec 9>"$folder/in"
trap 'exec 9>&-; wait "$server" 2>/dev/null; rm -rf "$folder"' EXIT

for _ in $(seq 600); do
    url=$(grep -m1 -o 'http://127\.0\.0\.1:[0-9]*/' "$folder/out" 2>/dev/null) && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
done
if [ -z "${url:-}" ]; then
    echo "The sandbox's server did not start:"
    cat "$folder/out" "$folder/err"
    echo "0 passed, 1 failed"
    exit 1
fi

passed=0
failed=0
orgs() { aws --endpoint-url "$url" organizations "$@" 2>&1; }
sts() { aws --endpoint-url "$url" sts "$@" 2>&1; }

# check WHAT EXPECTED ACTUAL
check() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
    fi
}

# refuses WHAT CODE COMMAND...: the CLI ends with an error that names the code
refuses() {
    local what=$1 code=$2 out
    shift 2
    if out=$("$@" 2>&1); then
        check "$what" "an error $code" "$out"
    elif [[ $out == *"($code)"* ]]; then
        passed=$((passed + 1))
    else
        check "$what" "$code" "$out"
    fi
}

# STS and the organization
check 'who am I' 111122223333 "$(sts get-caller-identity --query Account)"
refuses 'no organization yet' AWSOrganizationsNotInUseException orgs describe-organization
check 'create the organization' ALL "$(orgs create-organization --feature-set ALL --query Organization.FeatureSet)"
refuses 'only one organization' AlreadyInOrganizationException orgs create-organization
check 'its management account' 111122223333 "$(orgs describe-organization --query Organization.MasterAccountId)"
root=$(orgs list-roots --query 'Roots[0].Id')
check 'the root' r- "${root:0:2}"

# Organizational units
workloads=$(orgs create-organizational-unit --parent-id "$root" --name Workloads --tags Key=team,Value=platform --query OrganizationalUnit.Id)
check 'create a unit' ou- "${workloads:0:3}"
refuses 'a second of that name' DuplicateOrganizationalUnitException orgs create-organizational-unit --parent-id "$root" --name Workloads
check 'rename it' Work "$(orgs update-organizational-unit --organizational-unit-id "$workloads" --name Work --query OrganizationalUnit.Name)"
check 'describe it' Work "$(orgs describe-organizational-unit --organizational-unit-id "$workloads" --query OrganizationalUnit.Name)"
check 'its tag' platform "$(orgs list-tags-for-resource --resource-id "$workloads" --query 'Tags[0].Value')"
orgs tag-resource --resource-id "$workloads" --tags Key=stage,Value=prod >/dev/null
orgs untag-resource --resource-id "$workloads" --tag-keys team >/dev/null
check 'tags after a change' stage "$(orgs list-tags-for-resource --resource-id "$workloads" --query 'Tags[].Key')"
for i in $(seq 1 25); do orgs create-organizational-unit --parent-id "$workloads" --name "unit-$i" >/dev/null; sleep 0.05; done
check 'all pages' 25 "$(orgs list-organizational-units-for-parent --parent-id "$workloads" --query 'length(OrganizationalUnits)' --output json)"
check 'pages of four' 25 "$(orgs list-organizational-units-for-parent --parent-id "$workloads" --page-size 4 --query 'OrganizationalUnits[].Name' --output json | grep -c unit-)"
check 'children' 25 "$(orgs list-children --parent-id "$workloads" --child-type ORGANIZATIONAL_UNIT --query 'length(Children)' --output json)"
check 'parents' "$root" "$(orgs list-parents --child-id "$workloads" --query 'Parents[0].Id')"
refuses 'delete one that is not empty' OrganizationalUnitNotEmptyException orgs delete-organizational-unit --organizational-unit-id "$workloads"

# Accounts
request=$(orgs create-account --account-name shop --email shop@example.com --query CreateAccountStatus.Id)
check 'create an account' car- "${request:0:4}"
for _ in $(seq 60); do
    state=$(orgs describe-create-account-status --create-account-request-id "$request" --query CreateAccountStatus.State)
    [ "$state" = IN_PROGRESS ] || break
    sleep 0.5
done
check 'it is done' SUCCEEDED "$state"
account=$(orgs describe-create-account-status --create-account-request-id "$request" --query CreateAccountStatus.AccountId)
check 'find it by email' "$account" "$(orgs list-accounts --query "Accounts[?Email=='shop@example.com'].Id")"
orgs move-account --account-id "$account" --source-parent-id "$root" --destination-parent-id "$workloads" >/dev/null
check 'it is in the unit' "$account" "$(orgs list-accounts-for-parent --parent-id "$workloads" --query 'Accounts[0].Id')"
refuses 'not from a unit that is not there' SourceParentNotFoundException orgs move-account --account-id "$account" --source-parent-id ou-zzzz-zzzzzzzz --destination-parent-id "$root"
refuses 'an account that is not there' AccountNotFoundException orgs describe-account --account-id 999999999999
refuses 'an id that is none' InvalidInputException orgs describe-account --account-id abc
refuses 'a policy type that is none' InvalidInputException orgs list-policies --filter NO_SUCH_POLICY

# Policies
document='{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}'
policy=$(orgs create-policy --name stay --description 'No leaving' --type SERVICE_CONTROL_POLICY --content "$document" --query Policy.PolicySummary.Id)
check 'create a policy' p- "${policy:0:2}"
refuses 'a document that is none' MalformedPolicyDocumentException orgs create-policy --name bad --description '' --type SERVICE_CONTROL_POLICY --content '{'
orgs attach-policy --policy-id "$policy" --target-id "$workloads" >/dev/null
refuses 'attach it twice' DuplicatePolicyAttachmentException orgs attach-policy --policy-id "$policy" --target-id "$workloads"
check 'its target' "$workloads" "$(orgs list-targets-for-policy --policy-id "$policy" --query 'Targets[0].TargetId')"
check 'policies of the target' 2 "$(orgs list-policies-for-target --target-id "$workloads" --filter SERVICE_CONTROL_POLICY --query 'length(Policies)' --output json)"
check 'its content' "$document" "$(orgs describe-policy --policy-id "$policy" --query Policy.Content)"
refuses 'delete one in use' PolicyInUseException orgs delete-policy --policy-id "$policy"
orgs detach-policy --policy-id "$policy" --target-id "$workloads" >/dev/null
refuses 'the last policy stays' ConstraintViolationException orgs detach-policy --policy-id p-FullAWSAccess --target-id "$workloads"
check 'delete it' '' "$(orgs delete-policy --policy-id "$policy")"
check 'a second policy type' ENABLED "$(orgs enable-policy-type --root-id "$root" --policy-type TAG_POLICY --query "Root.PolicyTypes[?Type=='TAG_POLICY'].Status")"

# Service access and delegated administrators
orgs enable-aws-service-access --service-principal config.amazonaws.com >/dev/null
check 'service access' config.amazonaws.com "$(orgs list-aws-service-access-for-organization --query 'EnabledServicePrincipals[0].ServicePrincipal')"
orgs register-delegated-administrator --account-id "$account" --service-principal config.amazonaws.com >/dev/null
check 'a delegated administrator' "$account" "$(orgs list-delegated-administrators --query 'DelegatedAdministrators[0].Id')"
check 'its services' config.amazonaws.com "$(orgs list-delegated-services-for-account --account-id "$account" --query 'DelegatedServices[0].ServicePrincipal')"
orgs deregister-delegated-administrator --account-id "$account" --service-principal config.amazonaws.com >/dev/null

# The member's view
role="arn:aws:iam::$account:role/OrganizationAccountAccessRole"
sleep 2
read -r key secret token < <(sts assume-role --role-arn "$role" --role-session-name cli --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
member() { AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token "$@"; }
check 'the session is the member' "arn:aws:sts::$account:assumed-role/OrganizationAccountAccessRole/cli" "$(member sts get-caller-identity --query Arn)"
check 'a member may see its organization' 111122223333 "$(member orgs describe-organization --query Organization.MasterAccountId)"
refuses 'but not the accounts' AccessDeniedException member orgs list-accounts
refuses 'another role' AccessDenied sts assume-role --role-arn "arn:aws:iam::$account:role/Other" --role-session-name cli
refuses 'a session name that is none' ValidationError sts assume-role --role-arn "$role" --role-session-name 'a b'

# What the sandbox does not have
refuses 'an operation that is not here' UnsupportedOperationException orgs list-handshakes-for-organization
refuses 'another service' UnknownOperationException aws --endpoint-url "$url" configservice describe-configuration-recorders

check 'close the account' '' "$(orgs close-account --account-id "$account")"
sleep 3
refuses 'a closed one twice' AccountAlreadyClosedException orgs close-account --account-id "$account"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
